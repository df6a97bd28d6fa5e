using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using SupportTable = Bookinfo.Mesh.Istio.Model.UnsupportedFields;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>Fields that Istio has not, fields that the mesh has not, and fields that have a successor.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("tmeout: 5s", "spec.http[0].tmeout: HTTPRoute has no field \"tmeout\" (did you mean timeout?)")]
    [InlineData("direct_response: {status: 200}",
        "spec.http[0].direct_response: HTTPRoute has no field \"direct_response\" (did you mean directResponse?)")]
    [InlineData("cors_policy: {}", "spec.http[0].cors_policy: HTTPRoute has no field \"cors_policy\" (did you mean corsPolicy?)")]
    [InlineData("match: [{uri: {exakt: /}}]", "spec.http[0].match[0].uri.exakt: StringMatch has no field \"exakt\" (did you mean exact?)")]
    [InlineData("match: [{uri: {glob: /}}]",
        "spec.http[0].match[0].uri.glob: StringMatch has no field \"glob\" (it has exact, prefix and regex)")]
    [InlineData("fault: {delay: {percentage: {val: 1}, fixedDelay: 1s}}",
        "spec.http[0].fault.delay.percentage.val: Percent has no field \"val\" (it has value)")]
    [InlineData("match: [{statPrefix: x}]",
        "spec.http[0].match[0].statPrefix: the mesh does not support this field: the metrics are Istio's, without Envoy's statistics of "
            + "each route")]
    [InlineData("match: /reviews",
        "spec.http[0].match: a list is wanted, the text \"/reviews\" given (write each item in a line of its own: - /reviews)")]
    [InlineData("match: {uri: {exact: /}}", "spec.http[0].match: a list is wanted, a mapping given (start each item with a hyphen)")]
    [InlineData("match: [{headers: {end-user: }}]",
        "spec.http[0].match[0].headers[\"end-user\"]: StringMatch is a mapping, nothing given (write {} for an empty one)")]
    [InlineData("match: [{headers: {end-user: jason}}]",
        "spec.http[0].match[0].headers[\"end-user\"]: StringMatch is a mapping, the text \"jason\" given")]
    [InlineData("match: [{headers: [end-user]}]", "spec.http[0].match[0].headers: a mapping of names to values is wanted, a list given")]
    [InlineData("corsPolicy: {unmatchedPreflights: DROP}",
        "spec.http[0].corsPolicy.unmatchedPreflights: \"DROP\" is not a value of unmatchedPreflights (use UNSPECIFIED, FORWARD or IGNORE)")]
    [InlineData("corsPolicy: {allowCredentials: \"true\"}",
        "spec.http[0].corsPolicy.allowCredentials: true or false is wanted, the text \"true\" given")]
    public void Read_WrongField_NamesItAndWhatWouldBeRight(string field, string expected)
    {
        var problem = Assert.Single(Rules.Read(Rules.Route(field)).Problems);
        Assert.Equal(Severity.Error, problem.Severity);
        Assert.EndsWith($"VirtualService/reviews {expected}", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FieldIndentedTooLittle_SaysWhereItBelongs()
    {
        var said = Rules.Said(Rules.Read(
            Rules.VirtualService("hosts: [reviews]\nhttp:\n- route:\n  - destination:\n    host: reviews")).Problems);
        Assert.Contains("HTTPRouteDestination has no field \"host\" (indent it further if it belongs to destination)", said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongField_DoesNotHideOtherMistakesNorBringForthNewOnes()
    {
        var said = Rules.Said(Rules.Read(
            Rules.VirtualService("hosts: [reviews]\nhttp:\n- rute: [{destination: {host: reviews}}]\n  timeout: 0s")).Problems);
        Assert.Equal(2, said.Split('\n').Length);
        Assert.Contains("did you mean route?", said, StringComparison.Ordinal);
        Assert.Contains("at least 1ms", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("websocketUpgrade: true", "leave it out: WebSocket upgrades need no field")]
    [InlineData("fault: {abort: {percent: 10, httpStatus: 500}}", "write percentage: {value: 100}")]
    [InlineData("host_rewrite: a", "write rewrite: {authority: ...} beside route")]
    [InlineData("subsets: []", "it has ")]
    [InlineData("hosts: [a]", "hosts is a field of spec")]
    [InlineData("perTryTimeout: 2s", "perTryTimeout is a field of retries")]
    [InlineData("direct_response: {status: 200}", "did you mean directResponse?")]
    [InlineData("-timeout: 1s", "write \"- timeout\": a blank is missing after the hyphen")]
    public void Read_FieldThatIsNotThere_GetsAdvice(string field, string advice) =>
        Assert.Contains($"({advice}", Rules.Said(Rules.Read(Rules.Route(field)).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("hosts: [reviews]\ngateways:\n  -gw\nhttp: [{route: [{destination: {host: reviews}}]}]",
        "write \"- gw\": a blank is missing after the hyphen")]
    [InlineData("hosts: [\"*\"]\ngateways:\n  -gw\nhttp: [{route: [{destination: {host: reviews}}]}]",
        "write \"- gw\": a blank is missing after the hyphen")]
    [InlineData("hosts: [\"books.example.com:8080\"]\nhttp: [{route: [{destination: {host: reviews}}]}]",
        "a host has no port: leave out :8080")]
    public void Read_SlipOfThePen_IsOneErrorWithAdvice(string spec, string advice) =>
        Assert.Contains(advice, Assert.Single(Rules.Read(Rules.VirtualService(spec)).Problems).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_FieldOfTheRoot_IsToldWithTheRootsOwnFields() => Assert.EndsWith(
        "VirtualService/reviews x-common: a VirtualService has no field \"x-common\" (it has apiVersion, kind, metadata, spec and status)",
        Rules.Said(Rules.Read($"x-common: {{timeout: 4s}}\n{Rules.Route("timeout: 1s")}").Problems),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("fault: {delay: {percent: 50, fixedDelay: 1s}}", "percent is deprecated", Severity.Warning)]
    [InlineData("mirror: {host: reviews}\nmirrorPercent: 50", "mirrorPercent is deprecated", Severity.Note)]
    [InlineData("corsPolicy: {allowOrigin: [example.com]}", "allowOrigin is deprecated", Severity.Note)]
    public void Read_DeprecatedField_IsReadIntoItsSuccessorAndSaid(string fields, string message, Severity severity)
    {
        var reading = Rules.Read(Rules.Route(fields));
        var note = Assert.Single(reading.Problems);
        Assert.Equal((severity, message), (note.Severity, note.Message));
        var route = reading.Rules.VirtualServices[0].Http[0];
        Assert.True(route.Fault?.Delay?.Percentage == 50 || route.MirrorPercentage == 50
            || route.CorsPolicy?.AllowOrigins is [{ Exact: "example.com" }]);
    }

    [Theory]
    [InlineData("loadBalancer: {simple: LEAST_CONN}", 0)]
    [InlineData("loadBalancer: {consistentHash: {useSourceIp: true, minimumRingSize: 512}}", 1)]
    [InlineData("loadBalancer: {simple: ROUND_ROBIN, warmupDurationSecs: 30s}", 1)]
    public void Read_DeprecatedLoadBalancing_IsReadIntoItsSuccessor(string policy, int notes)
    {
        var reading = Rules.Read(Rules.Policy(policy));
        Assert.Equal(notes, reading.Problems.Count(problem => problem.Severity == Severity.Note));
        Assert.False(reading.HasErrors);
        var balancer = reading.Rules.DestinationRules[0].TrafficPolicy!.LoadBalancer!;
        Assert.True(balancer.Simple == SimpleLb.LeastRequest || balancer.ConsistentHash?.RingHash?.MinimumRingSize == 512
            || balancer.Warmup?.Duration == TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("ISTIO_MUTUAL", Severity.Note)]
    [InlineData("SIMPLE", Severity.Error)]
    [InlineData("MUTUAL", Severity.Error)]
    public void Read_ModeOfTls_SaysThatNothingIsEncrypted(string mode, Severity severity)
    {
        var problem = Assert.Single(Rules.Read(Rules.Policy($"tls: {{mode: {mode}}}")).Problems);
        Assert.Equal(severity, problem.Severity);
        Assert.Contains("traffic inside one process is not encrypted", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TlsSwitchedOff_IsTaken() => Assert.Empty(Rules.Read(Rules.Policy("tls: {mode: DISABLE}")).Problems);

    /// <summary>Every field of the support table that stands for itself is refused with its reason.</summary>
    [Fact]
    public void Unsupported_EveryFieldInTheTable_IsRefusedWithItsReason()
    {
        foreach (var field in SupportTable.All.Where(each => !each.Field.Contains(':', StringComparison.Ordinal)))
        {
            var said = Rules.Said(Rules.Read(Holding(field.Message, $"{field.Field}: {{}}")).Problems);
            Assert.Contains($"the mesh does not support this field: {field.Reason}", said, StringComparison.Ordinal);
        }
    }

    /// <summary>The shortest rule that holds an object of this message with a field.</summary>
    private static string Holding(string message, string field) => message switch
    {
        "VirtualService" => Rules.VirtualService($"hosts: [reviews]\n{field}"),
        "HTTPMatchRequest" => Rules.Route($"match: [{{{field}}}]"),
        "HTTPRetry" => Rules.Route($"retries: {{{field}}}"),
        "Delay" or "Abort" => Rules.Route($"fault: {{{message.ToLowerInvariant()}: {{{field}}}}}"),
        "DestinationRule" => Rules.Resource(message, "reviews", $"host: reviews\n{field}"),
        "TrafficPolicy" => Rules.Policy(field),
        "LoadBalancerSettings" => Rules.Policy($"loadBalancer: {{{field}}}"),
        "ClientTLSSettings" => Rules.Policy($"tls: {{{field}}}"),
        "Server" => Rules.Resource("Gateway", "front", $"servers: [{{{field}}}]"),
        "Port" => Rules.Resource("Gateway", "front", $"servers: [{{port: {{{field}}}}}]"),
        "ServiceEntry" => Rules.Resource("ServiceEntry", "outside", field),
        "WorkloadEntry" => Rules.Resource("ServiceEntry", "outside", $"endpoints: [{{{field}}}]"),
        "GatewaySpec" => Rules.OfGatewayApi("Gateway", field),
        "ListenerTLSConfig" => Rules.OfGatewayApi("Gateway", $"listeners: [{{tls: {{{field}}}}}]"),
        "Listener" => Rules.OfGatewayApi("Gateway", $"listeners: [{{{field}}}]"),
        "HTTPRouteRule" or "GRPCRouteRule" => Rules.OfGatewayApi(message[..^4], $"rules: [{{{field}}}]"),
        "HTTPRouteFilter" or "GRPCRouteFilter" => Rules.OfGatewayApi(message[..^6], $"rules: [{{filters: [{{{field}}}]}}]"),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "this test knows no rule that holds such a message"),
    };
}
