using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Tests.Istio;

/// <summary>Short ways to rules and to what is said about them.</summary>
internal static class Rules
{
    public const string File = "rules.yaml";

    public static RuleReading Read(string yaml) => RuleReader.Read(new RuleSource(File, yaml));

    /// <summary>A VirtualService named reviews with this spec.</summary>
    public static string VirtualService(string spec) => Resource("VirtualService", "reviews", spec);

    /// <summary>A VirtualService named reviews whose only route has these fields and one destination.</summary>
    public static string Route(string fields) =>
        VirtualService($"hosts: [reviews]\nhttp:\n- route: [{{destination: {{host: reviews}}}}]\n{Indented(fields, 2)}");

    /// <summary>A DestinationRule named reviews with this policy.</summary>
    public static string Policy(string policy) =>
        Resource("DestinationRule", "reviews", $"host: reviews\ntrafficPolicy:\n{Indented(policy, 2)}");

    public static string Resource(string kind, string name, string spec) =>
        $"apiVersion: networking.istio.io/v1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n{Indented(spec, 2)}\n";

    public static string OfGatewayApi(string kind, string spec) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata:\n  name: a\nspec:\n{Indented(spec, 2)}\n";

    /// <summary>An Ingress with this spec.</summary>
    public static string Ingress(string spec) =>
        $"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\nspec:\n{Indented(spec, 2)}\n";

    /// <summary>What was said, one problem a line: <c>Error 14:15 path: message (suggestion)</c>.</summary>
    public static string Said(IEnumerable<Problem> problems) =>
        string.Join('\n', problems.Select(problem =>
            $"{problem.Severity} {problem.ToString().Replace($"{File}:", "", StringComparison.Ordinal)}"));

    private static string Indented(string text, int by) => string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));
}
