namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>One change of the rules, as the history tells it.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="At">When it came into force.</param>
/// <param name="What">What changed, in a few words: <c>reviews: v1 90 %, v3 10 %</c>.</param>
/// <param name="By">Where it came from; one of <see cref="RuleAuthor"/>.</param>
public sealed record RuleChange(long Number, DateTimeOffset At, string What, string By);

/// <summary>Where a change of the rules comes from.</summary>
public static class RuleAuthor
{
    /// <summary>A program that calls the API.</summary>
    public const string Api = "the API";

    /// <summary>The console's page.</summary>
    public const string Page = "the console";

    /// <summary>A canary under way.</summary>
    public const string Canary = "the canary";

    /// <summary>A file or folder that is watched.</summary>
    public const string File = "a file";

    /// <summary><c>kubectl</c>.</summary>
    public const string Kubectl = "kubectl";

    /// <summary>Another client of the Kubernetes API.</summary>
    public const string KubernetesApi = "the Kubernetes API";

    /// <summary>The console's page or the API, with a share in place of YAML.</summary>
    public const string Shift = "a shift";
}
