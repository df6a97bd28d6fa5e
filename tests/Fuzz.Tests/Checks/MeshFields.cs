using System.Text.RegularExpressions;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Checks;

/// <summary>The fields that the mesh itself writes on a request, and what may stand in each. The list is closed.</summary>
public static partial class MeshFields
{
    /// <summary>Whether the mesh may have written the field on this request.</summary>
    public static bool Allows(SentRequest sent, Field field) => field.Name.ToLowerInvariant() switch
    {
        "x-request-id" => Uuid().IsMatch(field.Value),
        "x-forwarded-for" => Addresses().IsMatch(WithoutPrefix(sent, field)),
        "x-forwarded-proto" => field.Value == "http",
        "x-forwarded-host" or "x-envoy-original-host" => field.Value == sent.Authority,
        "x-envoy-original-path" => field.Value == sent.Target || field.Value == PathNormalization.Apply(sent.Target),
        "x-envoy-attempt-count" or "x-envoy-expected-rq-timeout-ms" => Syntax.IsDigits(field.Value),
        "x-envoy-external-address" => Addresses().IsMatch(field.Value),
        "x-envoy-internal" => field.Value == "true",
        "traceparent" or "tracestate" => TraceContext().IsMatch(field.Value),
        _ => false,
    };

    /// <summary>The list of addresses goes on where the caller's ends.</summary>
    private static string WithoutPrefix(SentRequest sent, Field field)
    {
        var before = RequestCheck.Join(sent.Fields.Where(each => each.Is(field.Name)));
        var now = RequestCheck.Join([field]);
        return before.Length > 0 && now.StartsWith($"{before},", StringComparison.Ordinal) ? now[(before.Length + 1)..] : now;
    }

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex("^(127\\.0\\.0\\.1|::1)$")]
    private static partial Regex Addresses();

    [GeneratedRegex("^[0-9a-f-]{1,60}$")]
    private static partial Regex TraceContext();
}
