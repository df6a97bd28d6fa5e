using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>The kinds of ends that many fields share, and the rules around a field.</summary>
internal static class Bounds
{
    private const string Value = "<value>";

    /// <summary>At least a millisecond; at most what .NET's timers measure, where istiod takes any.</summary>
    public static BoundedField Duration(string field, string rules, string source = "agent/validation.go: ValidateDuration") =>
        new(field, source, rules, Least: "1ms", Most: "1190h", Below: "0s", Above: "1191h");

    /// <summary>From 0 on, in 32 bits with sign.</summary>
    public static BoundedField Count(string field, string rules, string source) =>
        new(field, source, rules, Least: "0", Most: "2147483647", Below: "-1", Above: "2147483648");

    public static BoundedField Percentage(string field, string rules, string source) =>
        new(field, source, rules, Least: "0", Most: "100", Below: "-1", Above: "101");

    public static BoundedField Status(string field, string rules, string source, int least, int most) =>
        new(field, source, rules, $"{least}", $"{most}", $"{least - 1}", $"{most + 1}") { LeastAnswers = [least], MostAnswers = [most] };

    public static BoundedField Port(string field, string rules, string source = "agent/validation.go: ValidatePort") =>
        new(field, source, rules, Least: "1", Most: "65535", Below: "0", Above: "65536");

    /// <summary>A VirtualService for c whose only route goes there, with one more field.</summary>
    public static string Route(string field) => Http($"- route: [{{destination: {{host: c}}}}]\n  {field}");

    /// <summary>A VirtualService for c.</summary>
    public static string Http(string http) => Yaml.VirtualService("c", http);

    /// <summary>A DestinationRule for a host, c if none is given.</summary>
    public static string Policy(string field, string host = "c") =>
        Yaml.DestinationRule(host, $"trafficPolicy: {{{field}}}");

    /// <summary>An HTTPRoute for calls to c inside the mesh.</summary>
    public static string HttpRoute(string rule, string backend = "{name: c, port: 9080}", string parentPort = "9080") => $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {"{"}name: c, namespace: default{"}"}
        spec:
          parentRefs: [{"{"}group: "", kind: Service, name: c, port: {parentPort}{"}"}]
          rules:
          - backendRefs: [{backend}]
            {rule}
        """;

    /// <summary>The rules with a value in the field's place.</summary>
    public static string With(this BoundedField field, string value) => field.Rules.Replace(Value, value, StringComparison.Ordinal);

    /// <summary>The line, from 1, on which the field's value stands.</summary>
    public static int Line(this BoundedField field) =>
        field.Rules[..field.Rules.IndexOf(Value, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
}
