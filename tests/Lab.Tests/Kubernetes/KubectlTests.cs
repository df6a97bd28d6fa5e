using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>What people type into <c>kubectl</c>, and see.</summary>
public sealed class KubectlTests : IClassFixture<LabWithKubectl>
{
    private readonly LabWithKubectl _lab;

    public KubectlTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task Get_PodsWide_ShowsAddresses()
    {
        var pods = await _lab.TypeAsync("get pods -o wide");

        Assert.Matches(@"(?m)^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE", pods);
        Assert.Matches($@"(?m)^reviews-v2-1 +1/1 +Running +0 +\S+ +{_lab.Lab.Pod("reviews-v2").Address.Address} ", pods);
    }

    [Fact]
    public async Task Get_SeveralKindsByTheirShortNames_ShowsEach()
    {
        var rules = await _lab.TypeAsync("get vs,dr,gw,svc,deploy,rs,ep");

        Assert.Contains("virtualservice.networking.istio.io/reviews", rules, StringComparison.Ordinal);
        Assert.Contains("destinationrule.networking.istio.io/reviews", rules, StringComparison.Ordinal);
        Assert.Contains("gateway.networking.istio.io/bookinfo-gateway", rules, StringComparison.Ordinal);
        Assert.Contains("deployment.apps/reviews-v1", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_Rules_AreInForceAndInTheHistory()
    {
        const string Rules = "virtualservice.networking.istio.io/reviews";
        Assert.Equal($"{Rules} configured\n", await _lab.TypeAsync($"apply -f {Rule("reviews-90-10.yaml")}"));

        var change = _lab.Lab.Mesh.Rules.History[0];
        Assert.Equal("reviews: v1 90 %, v2 10 %", change.What);
        Assert.Equal("kubectl", change.By);
        Assert.Equal($"{Rules} unchanged\n", await _lab.TypeAsync($"apply -f {Rule("reviews-90-10.yaml")}"));
        Assert.Equal(change, _lab.Lab.Mesh.Rules.History[0]);
    }

    [Fact]
    public async Task Apply_UnknownField_IsDeniedWithAdviceAndTheOldRulesStay()
    {
        var before = _lab.Lab.Mesh.Rules.InForce;
        var wrong = (await File.ReadAllTextAsync(Rule("ratings-delay.yaml"))).Replace("timeout", "timeuot", StringComparison.Ordinal)
            .Replace("fixedDelay", "fixedDeley", StringComparison.Ordinal);

        var (code, _, error) = await _lab.RunAsync("apply -f -", wrong);

        Assert.Equal(1, code);
        Assert.Contains("admission webhook \"validation.istio.io\" denied the request", error, StringComparison.Ordinal);
        Assert.Contains("fixedDelay", error, StringComparison.Ordinal);
        Assert.Same(before, _lab.Lab.Mesh.Rules.InForce);
    }

    [Fact]
    public async Task Apply_RuleThatPointsNowhere_IsAppliedWithAWarning()
    {
        var (code, output, error) = await _lab.RunAsync("apply -f -", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: details}
            spec:
              hosts: [details]
              http:
              - route:
                - destination: {host: details, subset: v9}
            """);

        Assert.Equal(0, code);
        Assert.Contains("configured", output, StringComparison.Ordinal);
        Assert.Contains("Warning: VirtualService/details spec.http[0].route[0].destination", error, StringComparison.Ordinal);
        await _lab.TypeAsync($"apply -f {Rule("all-v1.yaml")}");
    }

    [Fact]
    public async Task Get_RuleThatTheConsoleChanged_IsAsInForce()
    {
        _lab.Lab.Mesh.Rules.Apply([new("console.yaml", await File.ReadAllTextAsync(Rule("reviews-v3.yaml")))], RuleAuthor.Page);

        Assert.Equal("v3", await _lab.TypeAsync("get vs reviews -o 'jsonpath={.spec.http[0].route[0].destination.subset}'"));
    }

    [Fact]
    public async Task DeleteAndCreate_Rule_LeavesAndComes()
    {
        await _lab.TypeAsync("delete vs ratings");
        Assert.DoesNotContain(_lab.Lab.Mesh.Rules.InForce.Rules.VirtualServices, rule => rule.Name == "ratings");

        await _lab.TypeAsync($"create -f {Rule("ratings-abort.yaml")}");

        Assert.Contains(_lab.Lab.Mesh.Rules.InForce.Rules.VirtualServices, rule => rule.Name == "ratings");
    }

    [Fact]
    public async Task ServerSideApply_FieldOfAnother_IsAConflictUntilForced()
    {
        await _lab.TypeAsync($"apply -f {Rule("reviews-50-50.yaml")}");

        var (code, _, error) = await _lab.RunAsync($"apply --server-side --field-manager=other -f {Rule("reviews-v3.yaml")}");
        Assert.Equal(1, code);
        Assert.Contains(".spec.http", error, StringComparison.Ordinal);

        await _lab.TypeAsync($"apply --server-side --field-manager=other --force-conflicts -f {Rule("reviews-v3.yaml")}");
        Assert.Equal("reviews: all to v3", _lab.Lab.Mesh.Rules.History[0].What);
    }

    [Theory]
    [InlineData("explain deployment.spec.replicas", "replicas <integer>")]
    [InlineData("explain pod.spec.containers", "<[]Container>")]
    [InlineData("explain virtualservice.spec.http.route", "The share of requests, of the sum of all weights.")]
    [InlineData("explain httproute.spec.rules.matches.path", "PathPrefix, which is meant where nothing is said")]
    [InlineData("explain rollout.spec.strategy.canary.steps", "setWeight")]
    [InlineData("explain rollout.spec.template.spec.containers", "<[]Container>")]
    [InlineData("api-resources", "virtualservices")]
    [InlineData("version", "Server Version: v1.32")]
    [InlineData("describe pod reviews-v1-1", "Controlled By:  ReplicaSet/reviews-v1")]
    [InlineData("describe svc reviews", "Endpoints:")]
    [InlineData("get pods --field-selector metadata.name=reviews-v1-1 -o name", "pod/reviews-v1-1")]
    [InlineData("get pods -l app=ratings,version!=v2 -o name", "pod/ratings-v1-1")]
    [InlineData("get pods --chunk-size=2 -o name", "pod/reviews-v3-1")]
    [InlineData("rollout status deployment/reviews-v1", "successfully rolled out")]
    [InlineData("rollout history deployment/reviews-v1", "REVISION")]
    [InlineData("wait --for=condition=Available deployment/reviews-v1 --timeout=10s", "condition met")]
    [InlineData("annotate pod ratings-v1-1 note=here --overwrite", "annotated")]
    [InlineData("label deployment ratings-v1 tier=back --overwrite", "labeled")]
    [InlineData("patch vs details --type=merge -p '{\"metadata\":{\"labels\":{\"a\":\"b\"}}}'", "patched")]
    public async Task AnyCommand_ThatReads_ShowsWhatPeopleKnow(string command, string expected) =>
        Assert.Contains(expected, await _lab.TypeAsync(command), StringComparison.Ordinal);

    [Theory]
    [InlineData("exec reviews-v1-1 -- ls", "have no shell")]
    [InlineData("port-forward pod/reviews-v1-1 1:2", "port-forward is not needed here")]
    [InlineData("get pod nosuch", "pods \"nosuch\" not found")]
    [InlineData("get nosuch", "doesn't have a resource type")]
    public async Task AnyCommand_ThatCannotBe_SaysWhyInASentence(string command, string expected)
    {
        var (code, _, error) = await _lab.RunAsync(command);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_OtherRules_ShowsWhatWouldChange()
    {
        var (code, output, _) = await _lab.RunAsync($"diff -f {Rule("catalog-90-10.yaml")}");

        Assert.Equal(1, code);
        Assert.Contains("+", output, StringComparison.Ordinal);
        Assert.Contains("weight: 90", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_RouteOfTheGatewayApi_IsInForceWithItsStatus()
    {
        await _lab.TypeAsync("apply -f -", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: details}
            spec:
              parentRefs:
              - {group: "", kind: Service, name: details, port: 9080}
              rules:
              - backendRefs:
                - {name: details, port: 9080}
            """);

        Assert.Contains("details", await _lab.TypeAsync("get httproutes"), StringComparison.Ordinal);
        Assert.Equal("True True", await _lab.TypeAsync("get httproute details -o 'jsonpath={.status.parents[0].conditions[*].status}'"));
        Assert.Single(_lab.Lab.Mesh.Rules.InForce.Rules.GatewayApi);
        await _lab.TypeAsync("delete httproute details");
        Assert.Empty(_lab.Lab.Mesh.Rules.InForce.Rules.GatewayApi);
    }

    [Fact]
    public async Task Logs_Pod_HasALineForEachRequest()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await http.GetStringAsync($"http://{_lab.Lab.Pod("ratings-v1").Address}/ratings/7");

        Assert.Contains("GET /ratings/7 200", await _lab.TypeAsync("logs ratings-v1-1"), StringComparison.Ordinal);
    }

    private static string Rule(string name) => Path.Combine(Repository.Root, "infra", "rules", name);
}
