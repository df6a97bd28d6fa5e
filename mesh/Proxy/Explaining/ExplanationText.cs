using System.Text;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>An explanation as a person reads it on a terminal.</summary>
internal static class ExplanationText
{
    public static string Of(Explanation explanation)
    {
        var text = new StringBuilder();
        text.AppendLine($"{explanation.Request}, asked by {explanation.Caller}, under rules revision {explanation.Revision}");
        text.AppendLine(explanation.VirtualHost is null ? "virtual host: none" : $"virtual host: {explanation.VirtualHost}");
        foreach (var rule in explanation.Rules)
        {
            text.AppendLine($"  {Verdict(rule.Verdict)}  {Place(rule)}");
            foreach (var reason in rule.Reasons)
            {
                text.AppendLine($"             {reason}");
            }
        }

        foreach (var dropped in explanation.Dropped)
        {
            text.AppendLine($"  not used     {dropped.Rule} {dropped.Path}{At(dropped.File, dropped.Line)}");
            text.AppendLine($"             {dropped.Reason}");
        }

        foreach (var step in explanation.Steps)
        {
            text.AppendLine($"  - {step}");
        }

        foreach (var destination in explanation.Destinations)
        {
            text.AppendLine(
                $"  {destination.Percent,6:0.##} %  "
                + $"{destination.Cluster}{(destination.LoadBalancer.Length > 0 ? $" by {destination.LoadBalancer}" : "")}");
            foreach (var pod in destination.Pods)
            {
                text.AppendLine($"             {pod.Name}{Where(pod)}{(pod.IsEjected ? " (ejected)" : "")}");
            }
        }

        var flag = explanation.ResponseFlag is null ? "" : $" (flag {explanation.ResponseFlag})";
        return text.Append($"so: {explanation.Outcome}{flag}").ToString();
    }

    private static string Verdict(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Taken => "taken      ",
        RuleVerdict.PassedOver => "passed over",
        RuleVerdict.NotForCaller => "not for it ",
        _ => "not reached",
    };

    /// <summary>A pod that runs nowhere, of rules that are only asked about, has no port.</summary>
    private static string Where(ExplainedPod pod) => pod.Address.EndsWith(":0", StringComparison.Ordinal) ? "" : $" at {pod.Address}";

    private static string At(string file, int line) => line > 0 ? $" ({file}:{line})" : "";

    private static string Place(ExplainedRule rule)
    {
        var name = rule.Name.Length > 0 ? $" \"{rule.Name}\"" : "";
        return $"{rule.Rule} {rule.Path}{name}{At(rule.File, rule.Line)}".Replace("  ", " ", StringComparison.Ordinal);
    }
}
