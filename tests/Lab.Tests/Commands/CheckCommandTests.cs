using System.Text.Json;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class CheckCommandTests : CommandTest
{
    [Fact]
    public async Task Check_TheDemosOwnRules_HaveNoProblems()
    {
        // The gateway stands beneath the others as the base.
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "rules"))
            .Where(file => Path.GetFileName(file) != "gateway.yaml").ToArray();

        Assert.Equal(ExitCodes.Ok, await RunAsync(["check", .. files]));
        Assert.Contains($"{files.Length} files", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ExperimentalFieldOfTheGatewayApi_IsAppliedWhereItIsAskedFor()
    {
        var file = Write("route.yaml", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: a}
            spec:
              parentRefs: [{group: "", kind: Service, name: reviews}]
              rules: [{retry: {attempts: 3}, backendRefs: [{name: reviews-v1, port: 9080}]}]
            """);

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));
        Assert.Contains("--gateway-api experimental applies it", Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, await RunAsync("check", file, "--gateway-api", "experimental"));
        Assert.Equal(ExitCodes.Usage, await RunAsync("check", file, "--gateway-api", "2"));
    }

    [Fact]
    public async Task Check_IngressToServicesBesideIt_KnowsAllTheirPorts()
    {
        var file = Write("ingress.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            spec: {ports: [{name: http-web, port: 80}, {name: http-admin, port: 81}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop}
            spec:
              rules:
              - http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: shop, port: {name: http-web}}}}
                  - {path: /admin, pathType: Prefix, backend: {service: {name: shop, port: {number: 81}}}}
                  - {path: /other, pathType: Prefix, backend: {service: {name: shop, port: {number: 82}}}}
            """);

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));
        Assert.Contains("error: Ingress/shop spec.rules[0].http.paths[2].backend.service.port.number: the Service shop."
            + "default has no port 82; the requests get 503 (write number: 80)", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 error, 1 note", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Error_IsPrintedWithItsPlace()
    {
        var file = Write("weights.yaml", Reviews("{subset: v1, weight: -1}", "{subset: v3, weight: 101}"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));

        var line = Output.ToString().Split('\n')[0];
        Assert.Matches($"^{file}:9:[0-9]+: error: VirtualService/reviews spec\\.http\\[0\\]\\.route\\[0\\]\\.weight: .+$", line);
    }

    [Fact]
    public async Task Check_SubsetThatNobodyNames_IsAProblem()
    {
        var file = Write("subset.yaml", Reviews("{subset: v9}"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));
        Assert.Contains("v9", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_RuleOfAnotherSystem_SaysInANoteThatNothingIsKnown()
    {
        var file = Write("orders.yaml", Reviews("{}").Replace("reviews", "orders", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", "--no-base", file));
        Assert.Contains("note: VirtualService/orders spec.hosts[0]: nothing is known of orders.default.svc.cluster.local",
            Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders.default")]
    [InlineData("orders.default.svc")]
    [InlineData("orders.default.svc.cluster.local")]
    [InlineData("orders:8000")]
    public async Task Check_HostThatIsNamed_IsKnownInAnyForm(string name)
    {
        var file = Write("orders.yaml", Reviews("{}").Replace("reviews", "orders", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", "--no-base", "--host", name, file));
        Assert.Equal("1 file: no problems\n", Output.ToString());
    }

    [Theory]
    [InlineData("gw")]
    [InlineData("default/gw")]
    [InlineData("gw.default.svc.cluster.local")]
    public async Task Check_GatewayThatIsNamed_IsKnownInAnyForm(string name)
    {
        var file = Write("reviews.yaml",
            Reviews("{}").Replace("hosts: [reviews]", "hosts: [reviews.example.com]\n  gateways: [gw]", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", "--no-base", file));
        Assert.Contains("nothing is known of the Gateway gw", Output.ToString(), StringComparison.Ordinal);
        Output.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Ok, await RunAsync("check", "--no-base", "--gateway", name, file));
        Assert.Equal("1 file: no problems\n", Output.ToString());
    }

    [Fact]
    public async Task Check_ServicesWithoutRules_SaysWhatIsMissing()
    {
        Write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: orders}\nspec: {ports: [{name: http, port: 80}]}\n");
        Assert.Equal(ExitCodes.Ok, await RunAsync("check", Folder.FullName));
        Assert.Contains("note: there are no rules in it (add what routes to its Services: a VirtualService, a "
            + "DestinationRule, an HTTPRoute or an Ingress) [MESH0007]", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ServicesAndDeploymentsInTheFiles_AreKnown()
    {
        Write("service.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: orders}
            spec: {ports: [{port: 8000}], selector: {app: orders}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: orders-v1}
            spec: {template: {metadata: {labels: {app: orders, version: v1}}}}
            """);
        Write("orders.yaml", Reviews("{}").Replace("reviews", "orders", StringComparison.Ordinal));
        Write("values.yaml", "image: x\n");

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", "--no-base", Folder.FullName));
        Assert.Contains("note: 3 resources are not rules and are passed over: 1 Deployment, 1 Service and 1 text without a kind [MESH0004]",
            Output.ToString(), StringComparison.Ordinal);

        Write("orders.yaml", Reviews("{}").Replace("reviews", "order", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Failed, await RunAsync("check", "--no-base", Folder.FullName));
        Assert.Contains("error: VirtualService/order spec.http[0].route[0].destination.host: nothing serves order", Output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OnlyOtherResources_IsNoFailure()
    {
        var file = Write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: orders}\n");

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", file));
    }

    [Fact]
    public async Task Check_Namespace_IsTheServicesAndThatOfRulesThatNameNone()
    {
        var file = Write("v2.yaml", Reviews("{subset: v2}") + "---\n" + Reviews("{subset: v3}")
            .Replace("name: reviews", "name: other\n  namespace: staging", StringComparison.Ordinal)
            .Replace("host: reviews", "host: reviews.prod.svc.cluster.local", StringComparison.Ordinal)
            .Replace("hosts: [reviews]", "hosts: [reviews.example.com]", StringComparison.Ordinal));

        await RunAsync("check", "--namespace", "prod", file);

        Assert.DoesNotContain("error", Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("nothing is known of reviews.prod", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OneError_DoesNotHideWhatIsSaidOfOthers()
    {
        var file = Write("two.yaml", Reviews("{subset: v1, weight: -1}")
            + "---\n" + Reviews("{subset: v9}").Replace("name: reviews", "name: other", StringComparison.Ordinal)
            .Replace("hosts: [reviews]", "hosts: [ratings]", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));
        Assert.Contains("weights must not be negative", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("DestinationRule/reviews has no subset v9", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Json_HasCodeSeverityAndPlace()
    {
        var file = Write("subset.yaml", Reviews("{subset: v9}"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", "--output", "json", file));

        using var json = JsonDocument.Parse(Output.ToString());
        var problem = Assert.Single(json.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal("IST0101", problem.GetProperty("code").GetString());
        Assert.Equal("error", problem.GetProperty("severity").GetString());
        Assert.Equal(9, problem.GetProperty("line").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("errors").GetInt32());
    }

    [Fact]
    public async Task Check_Sarif_IsALogOfVersion210()
    {
        var file = Write("subset.yaml", Reviews("{subset: v9}"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", "-o", "sarif", file));

        using var log = JsonDocument.Parse(Output.ToString());
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(log.RootElement.GetProperty("runs").EnumerateArray());
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal(("IST0101", "error"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("IST0101", rule.GetProperty("id").GetString());
        var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(9, location.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.EndsWith("subset.yaml", location.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WithoutBase_LacksItsSubsets()
    {
        var file = Write("v3.yaml", Reviews("{subset: v3}"));

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", file));
        Assert.Equal(ExitCodes.Failed, await RunAsync("check", "--no-base", file));
    }

    [Theory]
    [InlineData("connectionPool: {http: {maxConcurrentStreams: 5}}", "connectionPool.http.maxConcurrentStreams")]
    [InlineData("loadBalancer: {simple: PASSTHROUGH}", "loadBalancer.simple")]
    public async Task Check_WhatTheMeshCannotDo_IsAProblemAsItIsForPut(string policy, string path)
    {
        var file = Write("policy.yaml", $$"""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: ratings
            spec:
              host: ratings
              trafficPolicy: { {{policy}} }
            """);

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));
        Assert.Matches($"^{file}:7:[0-9]+: error: DestinationRule/ratings spec\\.trafficPolicy\\.{path}: ", Output.ToString());
    }

    [Fact]
    public async Task Check_PathThatIsNotThere_IsOneSentenceOnStandardError()
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync("check", "/no/such/rules.yaml"));

        Assert.Empty(Output.ToString());
        Assert.Contains("/no/such/rules.yaml", Assert.Single(Error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static string Reviews(params string[] destinations)
    {
        var routes = destinations.Select(destination => destination == "{}" ? "    - destination: {host: reviews}" : Route(destination));
        return $"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
            spec:
              hosts: [reviews]
              http:
              - route:
            {string.Join('\n', routes)}

            """;
    }

    private static string Route(string destination)
    {
        var parts = destination.Trim('{', '}').Split(", ");
        var weight = parts.Length > 1 ? $", {parts[1]}" : "";
        return $"    - {{destination: {{host: reviews, {parts[0]}}}{weight}}}";
    }
}
