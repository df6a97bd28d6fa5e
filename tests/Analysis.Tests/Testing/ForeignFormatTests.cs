using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Analysis.Testing;

/// <summary>
/// Files of other tools. The values follow <c>examples</c> and <c>hack/istio-router-check/examples</c> of
/// getyourguide/istio-config-validator, and <c>test/tools/router_check/test/config/Weighted.golden.proto.yaml</c> of envoyproxy/envoy.
/// </summary>
public sealed class ForeignFormatTests
{
    /// <summary>As <c>examples/virtualservice.yml</c>.</summary>
    private static readonly RuleSet Example = Cluster.Rules("""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: example, namespace: example}
        spec:
          gateways: [mesh]
          hosts: [www.example.com, example.com]
          http:
          - match: [{uri: {prefix: /home}}]
            redirect: {uri: /, authority: www.example.com}
          - match: [{uri: {regex: '/users(/.*)?'}}]
            route: [{destination: {host: users.users.svc.cluster.local, port: {number: 80}}}]
            headers: {request: {set: {x-custom-header: ok}}}
          - match: [{uri: {prefix: /partners}, method: {regex: (GET|OPTIONS)}}]
            route: [{destination: {host: partner.partner.svc.cluster.local, port: {number: 8000}}}]
          - match: [{uri: {prefix: /reseller}, headers: {x-request-class: {exact: bot}}}]
            route: [{destination: {host: partner.partner.svc.cluster.local}}]
            fault: {abort: {percentage: {value: 100}, httpStatus: 403}}
          - match: [{uri: {prefix: /reseller}}]
            route: [{destination: {host: partner.partner.svc.cluster.local}}]
            rewrite: {uri: /partner}
          - route: [{destination: {host: monolith.monolith.svc.cluster.local}}]
        """);

    [Theory]
    [InlineData("/users", "GET", "", "route: [{destination: {host: users.users.svc.cluster.local, port: {number: 80}}}]")]
    [InlineData("/users/", "POST", "", "headers: {request: {set: {x-custom-header: ok}}}")]
    [InlineData("/home", "GET", "", "redirect: {uri: /, authority: www.example.com}")]
    [InlineData("/reseller", "PUT", "", "rewrite: {uri: /partner}")]
    [InlineData("/reseller", "PUT", "x-request-class: bot", "fault: {abort: {percentage: {value: 100}, httpStatus: 403}}")]
    public void IstioConfigValidator_ExpectedField_Holds(string uri, string method, string header, string field)
    {
        Assert.True(Passes(uri, method, header, field, wantMatch: true));
        Assert.False(Passes(uri, method, header, field, wantMatch: false));
    }

    [Theory]
    [InlineData("/partners", "PUT", "route: [{destination: {host: partner.partner.svc.cluster.local}}]")]
    [InlineData("/reseller", "POST", "route: [{destination: {host: catalog.catalog.svc.cluster.local}}]")]
    [InlineData("/reseller", "POST", "rewrite: {uri: /catalog}")]
    [InlineData("/reseller", "POST", "redirect: {uri: /}")]
    public void IstioConfigValidator_FieldThatIsNotThere_DoesNotMatch(string uri, string method, string field)
    {
        Assert.True(Passes(uri, method, "", field, wantMatch: false));
        Assert.False(Passes(uri, method, "", field, wantMatch: true));
    }

    /// <summary>As <c>examples/delegate_virtualservice.yml</c>, with prefixes in the place of its regular expressions.</summary>
    [Theory]
    [InlineData("prefix: /merchants", true)]
    [InlineData("regex: /merchants(/.*)?", false)]
    public void IstioConfigValidator_Delegate_IsJoinedAsOnIstio(string uri, bool takesEffect)
    {
        var rules = Cluster.Rules($$$$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: merchants, namespace: example}
            spec:
              hosts: [example.org]
              http:
              - match: [{uri: { {{{{uri}}}} }}]
                delegate: {name: merchants-delegate}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: merchants-delegate, namespace: example}
            spec:
              http:
              - match: [{uri: { {{{{uri}}}} }}]
                route: [{destination: {host: merchants.merchants.svc.cluster.local, port: {number: 80}}}]
            """);
        const string Request = "request: {authority: [example.org], method: [GET], uri: [/merchants/v2/]}";

        var delegated = TestRun.Of($"testCases:\n- wantMatch: true\n  {Request}\n  delegate: {{name: merchants-delegate}}\n", rules);
        var routed = TestRun.Of(
            $"testCases:\n- wantMatch: true\n  {Request}\n  route: [{{destination: {{host: merchants.merchants.svc.cluster.local, "
            + "port: {number: 80}}}]\n", rules);

        Assert.Equal(0, delegated.Failures);
        Assert.Equal(takesEffect, routed.Failures == 0);
        Assert.Equal(!takesEffect, routed.Results[0].Notes.Any(note =>
            note.StartsWith("no rule of the delegate merchants-delegate comes into effect", StringComparison.Ordinal)));
    }

    [Fact]
    public void RouterCheckTool_ClusterAndRewrite_HaveIstiosNames()
    {
        var rules = Cluster.Rules("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: details}
            spec:
              hosts: [details.prod.svc.cluster.local]
              http:
              - match: [{uri: {prefix: /api/v2/products}}, {uri: {prefix: /api/v2/items}}]
                rewrite: {uri: /api/newdetails}
                route: [{destination: {host: details.prod.svc.cluster.local, subset: v2}}]
            """);

        var result = TestRun.Of("""
            tests:
            - test_name: products
              input: {authority: details.prod.svc.cluster.local, path: /api/v2/products, method: GET}
              validate: {cluster_name: outbound|80|v2|details.prod.svc.cluster.local, path_rewrite: /api/newdetails}
            - test_name: nothing
              input: {authority: details.prod.svc.cluster.local, path: /other, method: GET}
              validate: {cluster_name: '', path_rewrite: ''}
            """, rules);

        Assert.Equal(0, result.Failures);
        Assert.Contains("Istio answers 503: no DestinationRule for details.prod.svc.cluster.local names the subset v2",
            result.Results[0].Notes);
    }

    [Theory]
    [InlineData(115, "v1")]
    [InlineData(445, "v2")]
    [InlineData(1115, "v1")]
    [InlineData(1445, "v2")]
    public void RouterCheckTool_RandomValue_PicksAWeightedCluster(int random, string subset)
    {
        var rules = Cluster.Reviews("""
            - route:
              - {destination: {host: reviews, subset: v1}, weight: 300}
              - {destination: {host: reviews, subset: v2}, weight: 700}
            """);

        Assert.Equal(0, TestRun.Of($$$"""
            {"tests": [{"test_name": "weighted", "input": {"authority": "reviews", "path": "/", "random_value": {{{random}}}},
              "validate": {"cluster_name": "outbound|9080|{{{subset}}}|reviews.default.svc.cluster.local"}}]}
            """, rules).Failures);
    }

    [Theory]
    [InlineData("request_header_matches", "{name: x-a, string_match: {exact: '1'}}", true)]
    [InlineData("request_header_matches", "{name: x-a, exact_match: '2'}", false)]
    [InlineData("request_header_matches", "{name: x-a, exact_match: '2', invert_match: true}", true)]
    [InlineData("request_header_matches", "{name: x-gone, present_match: false}", true)]
    [InlineData("request_header_matches", "{name: x-a, present_match: false}", false)]
    [InlineData("request_header_matches", "{name: ':path', string_match: {prefix: /new}}", true)]
    [InlineData("request_header_matches", "{name: ':authority', string_match: {safe_regex: {google_re2: {}, regex: 'o.*'}}}", true)]
    [InlineData("response_header_matches", "{name: x-b, string_match: {suffix: '2'}}", true)]
    [InlineData("response_header_matches", "{name: x-own, string_match: {contains: e}}", true)]
    [InlineData("request_header_fields", "{key: x-a, value: '1'}", true)]
    public void RouterCheckTool_Headers_AreThoseAfterTheRoute(string field, string matcher, bool holds)
    {
        var rules = Cluster.Reviews("""
            - match: [{uri: {prefix: /old}}]
              rewrite: {uri: /new, authority: other.example}
              headers:
                request: {set: {x-a: "1"}, remove: [x-gone]}
                response: {add: {x-b: "2"}}
              route: [{destination: {host: reviews, subset: v1}}]
            """);

        var result = TestRun.Of($$"""
            tests:
            - test_name: headers
              input:
                authority: reviews
                path: /old
                method: GET
                additional_request_headers: [{key: x-gone, value: here}]
                additional_response_headers: [{key: x-own, value: here}]
              validate: { {{field}}: [{{matcher}}] }
            """, rules);

        Assert.Equal(holds, result.Failures == 0);
    }

    private static bool Passes(string uri, string method, string header, string field, bool wantMatch)
    {
        var result = TestRun.Of($$"""
            testCases:
            - description: a case
              wantMatch: {{(wantMatch ? "true" : "false")}}
              request:
                authority: [www.example.com, example.com]
                method: [{{method}}]
                uri: ['{{uri}}']
                headers: { {{header}} }
              {{field}}
            """, Example);
        Assert.Equal(2, result.Results.Count);
        Assert.True(result.Failures is 0 or 2);
        return result.Failures == 0;
    }
}
