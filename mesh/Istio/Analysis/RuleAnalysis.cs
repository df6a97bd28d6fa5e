using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// What is to be said about a set of rules. The analysis of the next set shares with it what concerns only VirtualServices that are in
/// both, as long as all else is the same. It cannot change, and may be used from several threads.
/// </summary>
public sealed class RuleAnalysis
{
    private readonly AnalysisScope _scope;
    private readonly Dictionary<VirtualService, ServiceFindings> _byService;

    private RuleAnalysis(AnalysisScope scope, Dictionary<VirtualService, ServiceFindings> byService, IReadOnlyList<Problem> problems) =>
        (_scope, _byService, Problems) = (scope, byService, problems);

    /// <summary>What is to be said, by file, line and column.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <param name="rules">The rules, in Istio's order.</param>
    /// <param name="known">What runs.</param>
    /// <param name="faulty">The resources that were only read in part.</param>
    /// <param name="before">The analysis of another set, to share with; null for none.</param>
    internal static RuleAnalysis Of(RuleSet rules, KnownServices known, IReadOnlySet<Resource> faulty, RuleAnalysis? before)
    {
        var shared = before?._scope.Share(rules, known, faulty);
        var scope = shared ?? new AnalysisScope(rules, known, faulty);
        var byService = new Dictionary<VirtualService, ServiceFindings>(
            rules.VirtualServices.Count, (IEqualityComparer<VirtualService>)ReferenceEqualityComparer.Instance);
        var services = new List<ServiceFindings>(rules.VirtualServices.Count);
        foreach (var service in rules.VirtualServices)
        {
            var findings = shared is null ? null : before!._byService.GetValueOrDefault(service);
            services.Add(byService[service] = findings ?? new ServiceFindings(scope, service));
        }

        return new RuleAnalysis(scope, byService, Order(Find(scope, services), faulty));
    }

    private static IEnumerable<Problem> Find(AnalysisScope scope, List<ServiceFindings> services) =>
    [
        .. HostAnalysis.Conflicts(services),
        .. services.SelectMany(each => each.Problems),
        .. SubsetAnalysis.Analyze(scope, services),
        .. DestinationRuleAnalysis.Analyze(scope, services),
        .. PolicyEffectAnalysis.Analyze(scope, services),
        .. GatewayWorkloadAnalysis.Analyze(scope),
        .. ServiceEntryAnalysis.Analyze(scope),
        .. IngressAnalysis.Analyze(scope, services),
        .. DelegateAnalysis.Analyze(scope, services),
        .. JwtClaimAnalysis.Analyze(scope, services),
        .. PortNameAnalysis.Analyze(scope),
        .. TcpPortAnalysis.Analyze(scope),
    ];

    private static List<Problem> Order(IEnumerable<Problem> problems, IReadOnlySet<Resource> faulty)
    {
        var unsound = faulty.Select(resource => (resource.Source.File, resource.Subject)).ToHashSet();
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        Problem[] found = unsound.Count == 0 ? [.. problems]
            : [.. problems.Where(problem => !unsound.Contains((problem.File, problem.Path.Split(' ')[0])))];
        var files = FilesInOrder(found);
        var keys = new UInt128[found.Length];
        for (var i = 0; i < found.Length; i++)
        {
            var problem = found[i];
            keys[i] = ((UInt128)(uint)files[problem.File] << 96) | ((UInt128)(uint)problem.Line << 64)
                | ((ulong)(uint)problem.Column << 32) | (uint)i;
        }

        Array.Sort(keys, found);
        return [.. found.Where(problem => problem.Type != MessageTypes.NothingKnown || unknown.Add(problem.Message))];
    }

    /// <summary>Each file's place in the order of names.</summary>
    private static Dictionary<string, int> FilesInOrder(Problem[] problems)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var problem in problems)
        {
            files.Add(problem.File);
        }

        return files.Order(StringComparer.Ordinal).Select((file, i) => (file, i)).ToDictionary(each => each.file, each => each.i);
    }
}
