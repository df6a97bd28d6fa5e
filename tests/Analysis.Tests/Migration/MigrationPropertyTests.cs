using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Offline;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Analysis.Migration;

/// <summary>Random VirtualServices come over as a set that does the same, or what they lose is listed, or they stay.</summary>
public sealed class MigrationPropertyTests
{
    [Fact]
    public void Migrate_RandomRules_AreEquivalentOrListed()
    {
        var inputs = from rules in RandomRules.Rules
                     from requests in RandomRules.Request.ListOf()
                     select (rules, requests);
        var complete = 0;

        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var before = RandomRules.Of([.. input.rules.Select(WithoutConditionsThatAreRefused)]);
            var result = Migrated.Of(before);
            if (result.Findings.Any(finding => finding.Kind == FindingKind.Lost))
            {
                return;
            }

            complete += result.Resources.Count;
            Assert.Empty(result.Proof.Undecided);
            Assert.True(result.Proof.AreEquivalent, result.Yaml());
            Assert.Equal(result.Resources.Count == 0, result.Findings.Any(finding => finding.Kind == FindingKind.Refused));
            if (result.Resources.Count > 0)
            {
                var after = before with { VirtualServices = [], GatewayApi = result.Resources };
                var (old, @new) = (Caller(before), Caller(after));
                Assert.All(input.requests, request => Assert.Equal(Way(old.Decide(request)), Way(@new.Decide(request))));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(11, 11));

        // The property would hold if everything were refused.
        Assert.InRange(complete, 50, int.MaxValue);
    }

    private static HttpRoute WithoutConditionsThatAreRefused(HttpRoute rule) => rule with
    {
        Match = [.. rule.Match.Select(match => match with { WithoutHeaders = new Dictionary<string, StringMatch>() })],
    };

    /// <summary>What becomes of a request; a Service that stands for a subset has its name with a hyphen.</summary>
    private static string Way(RouteOutcome outcome) => string.Join(' ', outcome.Status, outcome.Path, outcome.Timeout,
        string.Join(',', outcome.Destinations.Select(destination =>
            destination.Host.Split('.')[0] + (destination.Subset.Length > 0 ? $"-{destination.Subset}" : ""))));

    private static OfflineCaller Caller(RuleSet rules) => OfflineMesh.Compile(Migrated.ClusterWithServices, rules).FindCaller("page")
        ?? throw new InvalidOperationException("the cluster has no page");
}
