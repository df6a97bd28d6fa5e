using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>Where rules are found: the demo's own, which travel with the program, and those that are named on the command line.</summary>
internal static class RulePlaces
{
    private const string DefaultRules = "all-v1.yaml";
    private const string GatewayApi = "gateway-api";
    private static readonly string[] BaseRules = ["gateway.yaml", "destination-rules.yaml"];

    /// <summary>The rules in force where none are named: every service answers from its first release.</summary>
    public static string Default => Demo(DefaultRules);

    /// <summary>The path of one of the demo's rules.</summary>
    /// <param name="name">The file's name in <c>infra/rules</c>.</param>
    public static string Demo(string name) => Path.Combine(Folder, name);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "rules");

    /// <summary>Reads what stands on the demo's cluster before any lesson begins: the gateway and the subsets.</summary>
    /// <param name="namespace">The namespace it stands in, the services' own.</param>
    public static RuleSet Base(string @namespace)
    {
        // Told by the name they have in the repository, where a reader will look for them.
        var sources = Load([.. BaseRules.Select(Demo)])
            .Select(source => source with { Name = $"infra/rules/{Path.GetFileName(source.Name)}" });
        var reading = RuleReader.Read(@namespace, sources);
        return reading.HasErrors
            ? throw new InvalidOperationException($"the base rules have errors: {reading.Problems[0]}")
            : reading.Rules;
    }

    /// <summary>
    /// The demo's rules that are put on top of the base, one lesson each, and after them their twins in the words of the Gateway API,
    /// which have the folder in their names.
    /// </summary>
    /// <param name="services">What there is; a lesson about none of them is left out.</param>
    public static IReadOnlyList<ExampleRules> LoadExamples(IReadOnlyCollection<string> services) =>
    [
        .. Load([Folder]).Where(source => IsLesson(source, services)).Select(ExampleRules.From),
        .. Load([Path.Combine(Folder, GatewayApi)]).Where(source => IsLesson(source, services)).Select(ExampleRules.From)
            .Select(twin => twin with { Name = $"{GatewayApi}/{twin.Name}" }),
    ];

    private static bool IsLesson(RuleSource source, IReadOnlyCollection<string> services)
    {
        var rules = RuleReader.Read(source).Rules;
        return !BaseRules.Contains(Path.GetFileName(source.Name))
            && rules.VirtualServices.SelectMany(rule => rule.Hosts)
                .Concat(rules.DestinationRules.Select(rule => rule.Host))
                .Concat(rules.GatewayApi.OfType<RouteResource>().SelectMany(route => route.ParentRefs).Select(parent => parent.Name))
                .Any(services.Contains);
    }

    /// <summary>The demo's canaries: Argo's Rollouts with their AnalysisTemplates.</summary>
    public static IReadOnlyList<ExampleRules> LoadRollouts() => [.. Load([Path.Combine(Folder, "rollouts")]).Select(ExampleRules.From)];

    /// <summary>Loads rules from files and folders.</summary>
    /// <param name="paths">What was named; <c>-</c> is standard input.</param>
    /// <param name="recursive">Whether folders within folders are read too.</param>
    /// <exception cref="UserErrorException">One of them cannot be read.</exception>
    public static IReadOnlyList<RuleSource> Load(IReadOnlyCollection<string> paths, bool recursive = false)
    {
        try
        {
            return RuleFiles.Load(paths, recursive);
        }
        catch (RuleFileException e)
        {
            throw new UserErrorException($"{e.Message}.", ExitCodes.Usage);
        }
    }
}
