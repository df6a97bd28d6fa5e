using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Tests.Analysis.Migration.Ingresses;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Analysis.Migration;

/// <summary>What comes over where the experimental channel is asked for: retries and sessions.</summary>
public sealed class ExperimentalChannelTests
{
    [Theory]
    [InlineData("{attempts: 2}", "2  ")]
    [InlineData("{attempts: 4, retryOn: 'connect-failure,refused-stream,unavailable,cancelled,503,500', backoff: 50ms}", "4 503,500 50")]
    public void Migrate_Retries_AreRetry(string retries, string expected)
    {
        var result = Retries(retries);

        Assert.True(result.IsComplete, string.Join('\n', [.. result.Told(), .. result.Proof.Differences.SelectMany(each => each.Changes)
            .Select(change => change.ToString())]));
        var retry = Rule(result).Retry!;
        Assert.Equal(expected, $"{retry.Attempts} {string.Join(',', retry.Codes)} {retry.Backoff?.TotalMilliseconds}");
    }

    [Fact]
    public void Migrate_TimeoutOfEachTry_IsTheBackendRequests()
    {
        var result = Retries("{attempts: 2, perTryTimeout: 1s}");

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(TimeSpan.FromSeconds(1), Rule(result).Timeouts?.BackendRequest);
    }

    [Theory]
    [InlineData("{attempts: 2, retryOn: 5xx}")]
    [InlineData("{attempts: 2, retryOn: 'connect-failure,503'}")]
    [InlineData("{attempts: 0}")]
    public void Migrate_RetriesWithoutWords_AreLost(string retries)
    {
        var result = Retries(retries);

        Assert.StartsWith("lost spec.http[0].retries", Assert.Single(result.Told()), StringComparison.Ordinal);
        Assert.NotEmpty(result.Proof.Differences);
    }

    [Fact]
    public void Migrate_RetriesAtTheSamePod_AreLost() =>
        Assert.StartsWith("lost spec.http[0].retries",
            Assert.Single(Retries("{attempts: 2, retryIgnorePreviousHosts: false}").Told()), StringComparison.Ordinal);

    [Fact]
    public void Migrate_RetriesByTheStandardChannel_AreLostAndTheReportSaysHowToAsk()
    {
        var finding = Assert.Single(Migrated.Of(Cluster.Reviews(Http("{attempts: 2}"))).Findings);

        Assert.StartsWith("--gateway-api experimental", finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("affinity=cookie", "INGRESSCOOKIE  ")]
    [InlineData("affinity=cookie; session-cookie-name=route; session-cookie-max-age=172800", "route 172800 Permanent")]
    [InlineData("affinity=cookie; session-cookie-expires=60", "INGRESSCOOKIE 60 Permanent")]
    public void Migrate_Affinity_IsASession(string annotations, string expected)
    {
        // Names and ages: docs/examples/affinity/cookie of kubernetes/ingress-nginx.
        var result = Ingress(annotations);

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        var session = Rule(result).SessionPersistence!;
        Assert.Equal(expected, $"{session.SessionName} {session.AbsoluteTimeout?.TotalSeconds} {session.LifetimeType}");
    }

    [Theory]
    [InlineData("proxy-next-upstream=error http_502 http_503 non_idempotent", "2 502,503")]
    [InlineData("proxy-next-upstream=error http_429 non_idempotent; proxy-next-upstream-tries=5", "4 429")]
    public void Migrate_NextUpstream_IsRetry(string annotations, string expected)
    {
        var result = Ingress(annotations);

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(expected, $"{Rule(result).Retry!.Attempts} {string.Join(',', Rule(result).Retry!.Codes)}");
    }

    [Fact]
    public void Migrate_NextUpstreamWithoutNonIdempotent_TellsThatPostIsSentAgain()
    {
        Assert.Equal(
            [
                "requests of the methods POST, LOCK and PATCH are sent again too",
                "a request is not sent again whose answer breaks off or does not come in time",
            ],
            Ingress("proxy-next-upstream=error timeout").Findings.Select(finding => finding.Message));
    }

    [Theory]
    [InlineData("proxy-next-upstream=off")]
    [InlineData("proxy-next-upstream-tries=1")]
    public void Migrate_NextUpstreamSwitchedOff_IsLost(string annotations)
    {
        Assert.Equal("failed requests are retried as Istio does by default", Assert.Single(Ingress(annotations).Findings).Message);
    }

    [Fact]
    public void Migrate_AffinityByTheStandardChannel_IsLostAndTheReportSaysHowToAsk()
    {
        var ingress = IngressText.Of("shop", IngressText.Annotations("affinity=cookie"), ("/", "Prefix", "page"));
        var finding = Assert.Single(Migrated.Of(Cluster.Rules(ingress)).Findings);

        Assert.EndsWith("or use --gateway-api experimental", finding.Advice, StringComparison.Ordinal);
    }

    private static string Http(string retries) => $$"""
        - retries: {{retries}}
          route:
          - destination: {host: reviews}
        """;

    private static MigrationResult Retries(string retries) =>
        Migrated.Of(Cluster.Reviews(Http(retries)), channel: GatewayApiChannel.Experimental);

    private static MigrationResult Ingress(string annotations) => Migrated.Of(
        Cluster.Rules(IngressText.Of("shop", IngressText.Annotations(annotations), ("/", "Prefix", "page"))),
        channel: GatewayApiChannel.Experimental);

    private static HttpRouteRule Rule(MigrationResult result) => Assert.Single(Assert.Single(result.Resources.OfType<HttpRoute>()).Rules);
}
