using Bookinfo.Mesh.Analysis.Testing;

namespace Bookinfo.Tests.Analysis.Testing;

/// <summary>Each field of the project's own format holds where it should, and does not where it should not.</summary>
public sealed class RouteTestTests
{
    private const string Reviews = "reviews.default.svc.cluster.local";

    private const string Plain = "- route:\n  - destination: {host: reviews, subset: v1}";

    private const string Split = """
        - route:
          - {destination: {host: reviews, subset: v1}, weight: 90}
          - {destination: {host: reviews, subset: v2}, weight: 10}
        """;

    private const string Rich = """
        - match:
          - uri: {prefix: /old}
            headers: {end-user: {exact: jason}}
          name: rich
          rewrite: {uri: /new, authority: other.example}
          fault:
            delay: {fixedDelay: 7s, percentage: {value: 50}}
            abort: {httpStatus: 503, percentage: {value: 10}}
          timeout: 3s
          retries: {attempts: 4, perTryTimeout: 1s, retryOn: 5xx}
          mirror: {host: reviews, subset: v2}
          mirrorPercentage: {value: 25}
          headers:
            request: {set: {x-a: "1"}, remove: [x-gone]}
            response: {add: {x-b: "2"}}
          route:
          - destination: {host: reviews, subset: v1}
        - match:
          - uri: {exact: /moved}
          redirect: {uri: /there, redirectCode: 308}
        - match:
          - uri: {exact: /teapot}
          directResponse: {status: 418, body: {string: short and stout}}
        - match:
          - uri: {prefix: /v9}
          route:
          - destination: {host: reviews, subset: v9}
        """;

    private const string Old = "GET http://reviews:9080/old/0?q=1";

    private const string Jason = "from: page\n  headers: {end-user: jason, x-gone: here}";

    [Theory]
    [InlineData("{destination: reviews}")]
    [InlineData("{destination: 'reviews:9080', subset: v1}")]
    [InlineData("{destination: reviews.default.svc.cluster.local, subset: v1}")]
    [InlineData("{timeout: 0s, fault: {}, mirrors: [], retries: {attempts: 2}}")]
    [InlineData("{rule: VirtualService/reviews}")]
    [InlineData("{path: /reviews/0, authority: 'reviews:9080'}")]
    public void Run_PlainRoute_IsAsExpected(string expect) => Assert.Empty(TestRun.Mismatches(expect, Cluster.Reviews(Plain)));

    [Theory]
    [InlineData("{destination: page}", $"destination: page.default.svc.cluster.local / {Reviews}:9080 subset v1")]
    [InlineData("{destination: reviews, subset: v2}", $"destination: {Reviews} subset v2 / {Reviews}:9080 subset v1")]
    [InlineData("{destination: reviews, subset: ''}", $"destination: {Reviews} / {Reviews}:9080 subset v1")]
    [InlineData("{destination: 'reviews:80'}", $"destination: {Reviews}:80 / {Reviews}:9080 subset v1")]
    [InlineData("{timeout: 3s}", "timeout: 3s / none")]
    [InlineData("{retries: {attempts: 0}}", "retries: none / 2 attempts")]
    [InlineData("{fault: {abort: {httpStatus: 500, percentage: {value: 100}}}}", "fault: 100 % are answered 500 / none")]
    [InlineData("{response: {status: 404}}", $"response: the mesh answers 404 / {Reviews}:9080 subset v1")]
    [InlineData("{redirect: {status: 301}}", $"redirect: the mesh redirects with 301 / {Reviews}:9080 subset v1")]
    [InlineData("{passthrough: true}",
        $"passthrough: the host is unknown to the mesh, and the request passes through / {Reviews}:9080 subset v1")]
    [InlineData("{rule: VirtualService/other}", "rule: VirtualService/other / VirtualService/reviews spec.http[0]")]
    public void Run_PlainRouteThatIsOtherwise_SaysWhatItIs(string expect, string mismatch) =>
        Assert.Equal([mismatch], TestRun.Mismatches(expect, Cluster.Reviews(Plain)));

    [Theory]
    [InlineData("90", "10", true)]
    [InlineData("80", "20", false)]
    public void Run_Split_ComparesShares(string v1, string v2, bool holds)
    {
        var expect = $"{{destinations: [{{destination: reviews, subset: v2, percent: {v2}}}, "
            + $"{{destination: reviews, subset: v1, percent: {v1}}}]}}";

        Assert.Equal(holds, TestRun.Mismatches(expect, Cluster.Reviews(Split)).Count == 0);
    }

    [Fact]
    public void Run_SplitWhereOneDestinationIsExpected_Fails() =>
        Assert.Single(TestRun.Mismatches("{destination: reviews, subset: v1}", Cluster.Reviews(Split)));

    [Theory]
    [InlineData("{path: '/new/0?q=1', authority: other.example, route: rich}")]
    [InlineData("{timeout: 3s, retries: {attempts: 4, perTryTimeout: 1s, retryOn: 5xx}}")]
    [InlineData("{fault: {delay: {fixedDelay: 7s, percentage: {value: 50}}, abort: {httpStatus: 503, percentage: {value: 10}}}}")]
    [InlineData("{mirrors: [{destination: reviews, subset: v2, percent: 25}]}")]
    [InlineData("{requestHeaders: {x-a: '1', end-user: jason}, noRequestHeaders: [x-gone]}")]
    [InlineData("{responseHeaders: {x-b: '2'}, noResponseHeaders: [x-a]}")]
    public void Run_RichRoute_IsAsExpected(string expect) =>
        Assert.Empty(TestRun.Mismatches(expect, Cluster.Reviews(Rich), Old, Jason));

    [Theory]
    [InlineData("{path: /old/0}", "path: /old/0 / /new/0?q=1")]
    [InlineData("{retries: {attempts: 4, perTryTimeout: 2s}}", "retries: 4 attempts of 2s each / 4 attempts of 1s each")]
    [InlineData("{fault: {delay: {fixedDelay: 7s, percentage: {value: 50}}}}",
        "fault: 50 % wait 7s / 50 % wait 7s, 10 % are answered 503")]
    [InlineData("{mirrors: []}", $"mirrors: none / 25 % {Reviews} subset v2")]
    [InlineData("{noRequestHeaders: [x-a]}", "requestHeaders: x-a: none / x-a: 1")]
    [InlineData("{responseHeaders: {x-b: '3'}}", "responseHeaders: x-b: 3 / x-b: 2")]
    public void Run_RichRouteThatIsOtherwise_SaysWhatItIs(string expect, string mismatch) =>
        Assert.Equal([mismatch], TestRun.Mismatches(expect, Cluster.Reviews(Rich), Old, Jason));

    [Theory]
    [InlineData("/moved", "{redirect: {location: 'http://reviews:9080/there', status: 308}}")]
    [InlineData("/teapot", "{response: {status: 418, body: short and stout}}")]
    [InlineData("/elsewhere", "{response: {status: 404, flag: NR}}")]
    [InlineData("/v9", "{response: {status: 503, flag: NC}}")]
    public void Run_AnswerOfTheMesh_IsAsExpected(string path, string expect) =>
        Assert.Empty(TestRun.Mismatches(expect, Cluster.Reviews(Rich), $"GET http://reviews:9080{path}"));

    [Fact]
    public void Run_SubsetThatNoDestinationRuleNames_IsNotReached() => Assert.Equal(
        [$"destination: {Reviews} subset v9 / {Reviews}:9080 subset v9 "
            + $"(answered 503: no DestinationRule for {Reviews} names the subset v9)"],
        TestRun.Mismatches("{destination: reviews, subset: v9}", Cluster.Reviews(Rich), "GET http://reviews:9080/v9"));

    [Theory]
    [InlineData("namespace: prod", "v2")]
    [InlineData("namespace: test", "v1")]
    [InlineData("namespace: prod\n  labels: {app: batch}", "v2")]
    [InlineData("from: page", "v1")]
    public void Run_CallerInANamespace_DecidesASourceMatch(string caller, string subset)
    {
        var rules = Cluster.Reviews("""
            - match:
              - sourceNamespace: prod
              route:
              - destination: {host: reviews, subset: v2}
            - route:
              - destination: {host: reviews, subset: v1}
            """);

        Assert.Empty(TestRun.Mismatches($"{{destination: reviews.default.svc.cluster.local, subset: {subset}}}", rules,
            "GET http://reviews.default:9080/", caller));
    }

    [Fact]
    public void Run_UnknownCaller_SaysWhichThereAre() => Assert.Equal(
        ["from: nobody / no caller is called that; known are page-v1-1, reviews-v1-1, reviews-v2-1, istio-ingressgateway"],
        TestRun.Mismatches("{destination: reviews}", Cluster.Reviews(Plain), more: "from: nobody"));

    [Fact]
    public void Run_Failure_HasTheWayThatWasTaken()
    {
        var result = TestRun.Of(
            "cases:\n- name: a case\n  from: page\n  request: GET http://reviews/\n  expect: {destination: page}\n",
                Cluster.Reviews(Plain));

        Assert.Contains("taken        VirtualService/reviews spec.http[0] (rules.yaml:7)", Assert.Single(result.Results).Explanation!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RuleOfAnotherSystem_IsAskedAsIfItsServicesExisted()
    {
        var rules = Cluster.Rules("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: shop, namespace: shop}
            spec:
              hosts: [shop.example]
              gateways: [front]
              http:
              - route:
                - destination: {host: cart, port: {number: 8000}}
            """);

        var result = TestRun.Of(
            "cases:\n- name: a case\n  request: GET http://shop.example/\n  expect: {destination: 'cart.shop.svc.cluster.local:8000'}\n",
            rules);

        Assert.Empty(Assert.Single(result.Results).Mismatches);
        Assert.Equal(
            [
                "cart.shop.svc.cluster.local:8000 is taken to exist, because a rule routes to it",
                "Gateway shop/front is not among the rules; it is taken to serve every host on port 80",
            ],
            result.Notes);
    }

    [Fact]
    public void Coverage_MatchThatNoCaseReaches_IsNamed()
    {
        var result = TestRun.Of(
            "cases:\n- name: a case\n  from: page\n  request: GET http://reviews/moved\n  expect: {redirect: {status: 308}}\n",
            Cluster.Reviews(Rich));

        var coverage = Coverage.Of([result, result], _ => true);

        Assert.Equal(25, coverage.Percent);
        Assert.Equal(["spec.http[0].match[0]", "spec.http[2].match[0]", "spec.http[3].match[0]"],
            coverage.Missed.Select(missed => missed.Path));
    }

    [Fact]
    public void Coverage_RoutesOfTheGatewayApiAndIngresses_CountByTheirOwnMatches()
    {
        var result = TestRun.Of("""
            cases:
            - {name: a, from: page, request: GET http://reviews:9080/a, expect: {destination: reviews}}
            - {name: b, from: gateway, request: GET http://shop.example/b, expect: {destination: reviews}}
            """, Cluster.Rules("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: reviews}
            spec:
              parentRefs: [{group: "", kind: Service, name: reviews}, {group: "", kind: Service, name: page}]
              rules:
              - matches: [{path: {value: /a}}, {path: {value: /unused}}]
                backendRefs: [{name: reviews, port: 9080}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop}
            spec:
              rules:
              - host: shop.example
                http:
                  paths:
                  - {path: /b, pathType: Prefix, backend: {service: {name: reviews, port: {number: 9080}}}}
                  - {path: /c, pathType: Prefix, backend: {service: {name: reviews, port: {number: 9080}}}}
            """));

        var coverage = Coverage.Of([result], _ => true);

        Assert.Equal(["HTTPRoute/reviews spec.rules[0].matches[1]", "Ingress/shop spec.rules[0].http.paths[1]"],
            coverage.Missed.Select(missed => $"{missed.Subject} {missed.Path}"));
        Assert.Equal(50, coverage.Percent);
    }
}
