using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Validation;

namespace Bookinfo.Tests.Istio.Validation;

/// <summary>
/// What the messages say and where they point. What is refused and what is taken is tried case by case in <c>Conformance</c>.
/// </summary>
public sealed class RuleValidatorTests
{
    private const string Route = "VirtualService/reviews spec.http[0]";
    private const string Policy = "DestinationRule/reviews spec.trafficPolicy";

    [Theory]
    [InlineData("match: [{headers: {end-user: {regex: \"(?!jason).*\"}}}]",
        $"Error 9:42: {Route}.match[0].headers[\"end-user\"].regex: the expression is not RE2: RE2 has no look-ahead (see "
            + "https://github.com/google/re2/wiki/Syntax)")]
    [InlineData("match: [{uri: {exact: /a, prefix: /b}}]",
        $"Error 9:19: {Route}.match[0].uri: only one of exact, prefix and regex can be set (make one entry of match for each)")]
    [InlineData("match: [{headers: {\"a b\": {exact: x}}}]",
        $"Error 9:31: {Route}.match[0].headers[\"a b\"]: \"a b\" is not a name for a header")]
    [InlineData("match: [{headers: {\"@request.auth.claims[sub]\": {exact: x}}}]",
        $"Error 9:53: {Route}.match[0].headers[\"@request.auth.claims[sub]\"]: the mesh does not support matching by JWT claims: it does "
            + "not authenticate callers")]
    [InlineData("match: [{port: 70000}]", $"Error 9:20: {Route}.match[0].port: a port is out of range, 70000 given (use 1 to 65535)")]
    [InlineData("match: [{sourceLabels: {app: \"a b\"}}]",
        $"Error 9:34: {Route}.match[0].sourceLabels[\"app\"]: \"a b\" is not a value of a label (use letters, digits, hyphens, dots and "
            + "underscores)")]
    [InlineData("retries: {attempts: -1}",
        $"Error 9:25: {Route}.retries.attempts: the number of retries must not be negative, -1 given (use 0 or more)")]
    [InlineData("retries: {attempts: 2, retryOn: gatewayerror}",
        $"Error 9:37: {Route}.retries.retryOn: \"gatewayerror\" is not a condition for a retry (did you mean gateway-error?)")]
    [InlineData("retries: {attempts: 2, retryOn: \"5xx, reset\"}",
        $"Error 9:37: {Route}.retries.retryOn: \" reset\" is not a condition for a retry (separate conditions by commas without blanks)")]
    [InlineData("retries: {attempts: 0, perTryTimeout: 1s}",
        $"Error 9:14: {Route}.retries: attempts is 0, which switches retries off, and there are settings for them (set attempts, or leave "
            + "the rest out)")]
    [InlineData("fault: {abort: {percentage: {value: 101}, httpStatus: 500}}",
        $"Error 9:41: {Route}.fault.abort.percentage.value: a percentage is out of range, 101 given (use 0 to 100)")]
    [InlineData("fault: {abort: {percentage: {value: 100}, httpStatus: 99}}",
        $"Error 9:59: {Route}.fault.abort.httpStatus: an HTTP status is out of range, 99 given (use 200 to 599)")]
    [InlineData("fault: {abort: {percentage: {value: 100}, grpcStatus: UNAVAILBLE}}",
        $"Error 9:59: {Route}.fault.abort.grpcStatus: \"UNAVAILBLE\" is not a gRPC status (did you mean UNAVAILABLE?)")]
    [InlineData("fault: {abort: {httpStatus: 500}}",
        $"Warning 9:20: {Route}.fault.abort: percentage is missing: no request is aborted (add percentage: {{value: 100}})")]
    [InlineData("fault: {}", $"Error 9:12: {Route}.fault: a fault has a delay, an abort or both")]
    [InlineData("redirect: {uri: /a}",
        $"Error 8:12: {Route}.route: route cannot stand beside redirect (keep one of the two, or make two routes)")]
    [InlineData("delegate: {name: a}",
        $"Error 8:12: {Route}.route: route cannot stand beside delegate (the delegate's routes say what becomes of a request)")]
    [InlineData("rewrite: {uriRegexRewrite: {match: \"/(a)\", rewrite: '\\2'}}",
        $"Error 9:57: {Route}.rewrite.uriRegexRewrite.rewrite: \\2 names a group, and the expression has only 1")]
    [InlineData("headers: {request: {set: {\":path\": /a}}}",
        $"Error 9:40: {Route}.headers.request.set[\":path\"]: :path cannot be changed here (rewrite.authority, or set under request, "
            + "changes the host)")]
    [InlineData("headers: {response: {add: {x: \"100%\"}}}",
        $"Error 9:35: {Route}.headers.response.add[\"x\"]: a single % starts a variable of Envoy's and this one does not end; write %% for "
            + "a percent sign")]
    [InlineData("headers: {request: {set: {host: a}}}\nrewrite: {authority: b}",
        $"Error 9:37: {Route}.headers.request.set[\"host\"]: the host is rewritten twice (keep rewrite.authority or one header)")]
    [InlineData("corsPolicy: {allowMethods: [FETCH]}",
        $"Error 9:33: {Route}.corsPolicy.allowMethods[0]: \"FETCH\" is not a method (use GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, "
            + "OPTIONS, TRACE or *)")]
    [InlineData("mirror: {host: a}\nmirrors: [{destination: {host: b}}]",
        $"Error 10:14: {Route}.mirrors: mirrors cannot stand beside mirror (keep one of the two, or make two routes)")]
    public void Read_RouteThatIstiodRefuses_SaysWhatWouldBeRight(string fields, string expected) =>
        Assert.Equal(expected, Rules.Said(Rules.Read(Rules.Route(fields)).Problems));

    [Theory]
    [InlineData("{}",
        $"Error 7:18: {Policy}: a policy has at least one setting (add loadBalancer, connectionPool, outlierDetection, tls or "
            + "portLevelSettings)")]
    [InlineData("{loadBalancer: {simple: RANDOM, consistentHash: {useSourceIp: true}}}",
        $"Error 7:66: {Policy}.loadBalancer.consistentHash: consistentHash cannot stand beside simple (keep one of the two)")]
    [InlineData("{loadBalancer: {consistentHash: {maglev: {tableSize: 65536}, useSourceIp: true}}}",
        $"Error 7:71: {Policy}.loadBalancer.consistentHash.maglev.tableSize: 65536 is not a size for maglev's table (use a prime below "
            + "5000011, such as 65537)")]
    [InlineData("{loadBalancer: {consistentHash: {useSourceIp: true, httpHeaderName: x}}}",
        $"Error 7:50: {Policy}.loadBalancer.consistentHash: consistentHash has only one key (use one of httpHeaderName, httpCookie, "
            + "useSourceIp and httpQueryParameterName)")]
    [InlineData("{connectionPool: {http: {http2MaxRequests: -1}}}",
        $"Error 7:61: {Policy}.connectionPool.http.http2MaxRequests: the number of requests must not be negative, -1 given (use "
            + "0 or more)")]
    [InlineData("{outlierDetection: {maxEjectionPercent: 101}}",
        $"Error 7:58: {Policy}.outlierDetection.maxEjectionPercent: a percentage is out of range, 101 given (use 0 to 100)")]
    [InlineData("{outlierDetection: {consecutiveErrors: 5}}",
        $"Warning 7:38: {Policy}.outlierDetection.consecutiveErrors: Istio takes consecutiveErrors and does nothing with it (use "
            + "consecutive5xxErrors or consecutiveGatewayErrors)")]
    [InlineData("{portLevelSettings: [{port: {number: 9080}}]}",
        $"Error 7:39: {Policy}.portLevelSettings[0]: the settings of a port have at least one field (add loadBalancer, connectionPool, "
            + "outlierDetection or tls)")]
    public void Read_PolicyThatIstiodRefuses_SaysWhatWouldBeRight(string policy, string expected) =>
        Assert.Equal(expected, Rules.Said(
            Rules.Read(Rules.Resource("DestinationRule", "reviews", $"host: reviews\ntrafficPolicy: {policy}")).Problems));

    [Theory]
    [InlineData("hosts: [reviews, reviews]", "Error 6:20: VirtualService/reviews spec.hosts[1]: the host \"reviews\" is there twice")]
    [InlineData("hosts: [a.example.com, \"*.example.com\"]",
        "Error 6:11: VirtualService/reviews spec.hosts[0]: \"a.example.com\" and \"*.example.com\" are hosts for the same requests (keep "
            + "the wider one)")]
    [InlineData("hosts: [\"*\"]",
        "Error 6:11: VirtualService/reviews spec.hosts[0]: * is not allowed for calls inside the mesh (name the services, or a gateway the "
            + "rule is for)")]
    [InlineData("hosts: [\"foo.*.com\"]",
        "Error 6:11: VirtualService/reviews spec.hosts[0]: \"*\" is not a part of a host name: a wildcard is the whole first part, "
            + "*.example.com")]
    [InlineData("hosts: [re_views]",
        "Error 6:11: VirtualService/reviews spec.hosts[0]: \"re_views\" is not a part of a host name: letters, digits and hyphens, "
            + "at most 63")]
    [InlineData("hosts: [reviews]\nexportTo: [\".\", default]",
        "Error 7:19: VirtualService/reviews spec.exportTo[1]: \"default\" is there twice")]
    [InlineData("hosts: [reviews]\ngateways: [front.default.svc.cluster.local]",
        "Note 7:14: VirtualService/reviews spec.gateways[0]: a gateway's full name is an old form (write default/front)")]
    [InlineData("gateways: [front]",
        "Error 6:13: VirtualService/reviews spec.gateways: a VirtualService without hosts is a delegate, and a delegate has no gateways "
            + "(add hosts, or leave gateways to the one that delegates)")]
    public void Read_VirtualServiceThatIstiodRefuses_SaysWhatWouldBeRight(string fields, string expected) =>
        Assert.Equal(expected, Rules.Said(
            Rules.Read(Rules.VirtualService($"{fields}\nhttp: [{{route: [{{destination: {{host: reviews}}}}]}}]")).Problems));

    [Theory]
    [InlineData("[{destination: {host: a}, weight: 0}, {destination: {host: b}}]",
        "Error 7:18: spec.http[0].route: the weights of 2 destinations come to 0 (give at least one of them a weight above 0)")]
    [InlineData("[{destination: {host: a}, weight: 40}, {destination: {host: b}, weight: 40}]", "")]
    [InlineData("[{destination: {host: a}, weight: 2147483647}, {destination: {host: b}, weight: 1}]",
        "Error 7:18: spec.http[0].route: the weights come to 2147483648, more than 2147483647 (use smaller ones: only their "
            + "proportion counts)")]
    [InlineData("[{destination: {host: a}, weight: 90}]",
        "Note 7:52: spec.http[0].route[0].weight: a single destination gets all requests, whatever its weight (90) (leave the weight out, "
            + "or add the other destination)")]
    [InlineData("[{destination: {host: a}, weight: 100}]", "")]
    [InlineData("[{weight: 100}]",
        "Error 7:19: spec.http[0].route[0].destination: a destination is required (write destination: {host: ...})")]
    public void Read_Weights_AreRelativeAndNotAllZero(string route, string expected) =>
        Assert.Equal(expected, Rules.Said(Rules.Read(Rules.VirtualService($"hosts: [reviews]\nhttp: [{{route: {route}}}]")).Problems)
            .Replace("VirtualService/reviews ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("{}, {match: [{uri: {exact: /a}}]}",
        "Warning 7:46: spec.http[1]: no request gets here: http[0] takes every request (put it further up)")]
    [InlineData("{match: [{uri: {prefix: /a}}]}, {match: [{uri: {prefix: /ab}}]}",
        "Note 8:17: spec.http[1].match[0]: no request gets here: the prefix \"/a\" of http[0] takes \"/ab\" too (put it further up)")]
    [InlineData("{match: [{uri: {prefix: /ab}}]}, {match: [{uri: {prefix: /a}}]}", "")]
    [InlineData("{match: [{uri: {prefix: /a}, headers: {x: {exact: z}}}]}, {match: [{uri: {prefix: /ab}}]}", "")]
    [InlineData("{match: [{uri: {prefix: /a}}]}, {match: [{uri: {prefix: /ab}, headers: {x: {exact: z}}}]}",
        "Note 8:17: spec.http[1].match[0]: no request gets here: the prefix \"/a\" of http[0] takes \"/ab\" too (put it further up)")]
    [InlineData("{name: first, match: [{uri: {exact: /a}}]}, {match: [{uri: {exact: /a}}]}",
        "Warning 8:3: spec.http[1]: no request gets here: routes before it have all of its matches (remove it, or put it further up)")]
    public void Read_RouteThatNoRequestReaches_Warns(string routes, string expected)
    {
        var lines = routes.Replace("}, {", "},\n  {", StringComparison.Ordinal).Replace("{}", "{directResponse: {status: 200}}",
            StringComparison.Ordinal).Replace("]}", "], directResponse: {status: 200}}", StringComparison.Ordinal);
        var said = Rules.Said(Rules.Read(Rules.VirtualService($"hosts: [reviews]\nhttp: [{lines}]")).Problems)
            .Replace("VirtualService/reviews ", "", StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, said.Length == 0);
        Assert.Equal(expected[(expected.IndexOf(": ", StringComparison.Ordinal) + 1)..],
            said.Split('\n')[0][(said.IndexOf(": ", StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public void Read_SubsetTwice_NamesTheFirst() => Assert.Equal(
        "Error 9:11: DestinationRule/reviews spec.subsets[1].name: the subset v1 is there twice; the first is subsets[0] (give it "
            + "another name)",
        Rules.Said(Rules.Read(Rules.Resource("DestinationRule", "reviews", "host: reviews\nsubsets:\n- name: v1\n- name: v1")).Problems));

    [Theory]
    [InlineData("HTTPS", "the mesh does not support HTTPS: traffic inside one process is not encrypted (use HTTP, HTTP2 or GRPC)")]
    [InlineData("TCP", "the mesh does not support TCP: the mesh routes only HTTP (use HTTP, HTTP2 or GRPC)")]
    [InlineData("HTPP", "\"HTPP\" is not a protocol (use HTTP, HTTP2 or GRPC)")]
    public void Read_GatewayForAnotherProtocol_SaysWhatIsServed(string protocol, string message) => Assert.EndsWith(
        $"Gateway/front spec.servers[0].port.protocol: {message}",
        Rules.Said(Rules.Read(Rules.Resource("Gateway", "front",
            $"servers: [{{port: {{number: 80, name: http, protocol: {protocol}}}, hosts: [\"*\"]}}]")).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void Validate_RulesMadeInCode_SaysTheSameWithoutAPlace()
    {
        var rule = new DestinationRule
        {
            Metadata = new Metadata { Name = "reviews", Namespace = "prod" },
            Host = "reviews",
            Subsets = [new Subset { Name = "V_1" }],
        };
        Assert.Equal(
            "DestinationRule/prod/reviews spec.subsets[0].name: \"V_1\" is not a name for a subset (use letters, digits and hyphens, "
                + "such as v1)",
            Assert.Single(RuleValidator.Validate(rule)).ToString());
    }

    [Theory]
    [InlineData("timeout: 1190h", true)]
    [InlineData("timeout: 1191h", false)]
    [InlineData("retries: {attempts: 1, perTryTimeout: 1191h}", false)]
    [InlineData("fault: {delay: {fixedDelay: 1191h, percentage: {value: 100}}}", false)]
    [InlineData("rewrite: {uri: \"/a\\r\\nX: 1\"}", false)]
    [InlineData("rewrite: {authority: \"a b\"}", false)]
    [InlineData("rewrite: {authority: \"a.example.com:8080\"}", true)]
    [InlineData("rewrite: {uri: \"/b\u00fccher\"}", true)]
    [InlineData("headers: {request: {set: {content-length: \"5\"}}}", false)]
    [InlineData("headers: {response: {add: {Transfer-Encoding: chunked}}}", false)]
    [InlineData("match: [{uri: {regex: \"(a{1000}b{1000}c{1000}d{1000}e{1000}f{1000}g{1000}h{1000}i{1000}j{1000}k{1000}){0,1}\"}}]", false)]
    [InlineData("match: [{uri: {regex: \"/a{1,3}\"}}]", true)]
    public void Read_ValueThatWouldEndTheRequestOrTheProcess_IsRefusedWithItsLine(string fields, bool isTaken)
    {
        var problems = Rules.Read(Rules.Route(fields)).Problems.Where(problem => problem.IsRefusal).ToList();
        Assert.Equal(isTaken, problems.Count == 0);
        Assert.All(problems, problem => Assert.True(problem.Line > 0, problem.ToString()));
    }

    [Theory]
    [InlineData("connectionPool: {tcp: {connectTimeout: 1190h}}", true)]
    [InlineData("connectionPool: {tcp: {connectTimeout: 1200h}}", false)]
    [InlineData("connectionPool: {http: {idleTimeout: 2000000h}}", false)]
    [InlineData("connectionPool: {http: {http2KeepAlive: {interval: 999ms, timeout: 1s}}}", false)]
    [InlineData("connectionPool: {http: {http2KeepAlive: {interval: 1s, timeout: 1s}}}", true)]
    [InlineData("loadBalancer: {consistentHash: {useSourceIp: true, ringHash: {minimumRingSize: 0}}}", false)]
    [InlineData("loadBalancer: {consistentHash: {useSourceIp: true, ringHash: {minimumRingSize: 1}}}", true)]
    [InlineData("loadBalancer: {consistentHash: {useSourceIp: true, ringHash: {minimumRingSize: 8388608}}}", true)]
    [InlineData("loadBalancer: {consistentHash: {useSourceIp: true, ringHash: {minimumRingSize: 8388609}}}", false)]
    [InlineData("outlierDetection: {baseEjectionTime: 1191h}", false)]
    public void Read_NumberAtTheEndOfItsRange_IsTakenOrRefused(string policy, bool isTaken) =>
        Assert.Equal(isTaken, !Rules.Read(Rules.Policy(policy)).HasErrors);

    [Theory]
    [InlineData("match: [{uri: {prefix: productpage}}]",
        "every path begins with /, so the prefix \"productpage\" takes no request (write /productpage)")]
    [InlineData("match: [{uri: {exact: productpage}}]", "every path begins with /")]
    [InlineData("match: [{uri: {exact: \"/a?b=1\"}}]", "a path ends before ?")]
    [InlineData("match: [{uri: {regex: \"api/.*\"}}]", "the expression has to match the whole path")]
    [InlineData("match: [{method: {exact: get}}]", "methods are in capitals: \"get\" takes no request (write GET)")]
    public void Read_MatchThatTakesNoRequest_Warns(string fields, string message)
    {
        var problem = Assert.Single(Rules.Read(Rules.Route(fields)).Problems);
        Assert.Equal((Severity.Warning, "MESH0008"), (problem.Severity, problem.Type.Code));
        Assert.Contains(message, problem.ToString(), StringComparison.Ordinal);
    }
}
