using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.GatewayApi.Ingresses;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>Rules read, laid over what stands beneath them and analyzed: ready to be put in force, unless they have errors.</summary>
/// <param name="Rules">The whole set. Not to be used where <see cref="HasErrors"/>.</param>
/// <param name="Problems">What is to be said about it: errors, warnings and notes of the text and of the whole set.</param>
public sealed record PreparedRules(RuleSet Rules, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether the rules are not to be used.</summary>
    public bool HasErrors
    {
        get
        {
            for (var i = 0; i < Problems.Count; i++)
            {
                if (Problems[i].IsRefusal)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The resources of the base that stay in force beneath the rules, for example <c>Gateway/bookinfo-gateway</c>.</summary>
    public IReadOnlyList<string> Beneath { get; private init; } = [];

    /// <summary>What Kubernetes objects beside the rules tell of the cluster.</summary>
    public KubernetesObjects Objects { get; private init; } = KubernetesObjects.Empty;

    /// <summary>What the analysis of the next set may share with that of this one.</summary>
    private RuleAnalysis? Analysis { get; init; }

    /// <summary>Prepares rules that replace those in force, with a base beneath them.</summary>
    /// <param name="sources">The new rules.</param>
    /// <param name="below">The base; <see cref="RuleSet.Empty"/> for none.</param>
    /// <param name="services">What runs.</param>
    public static PreparedRules Replacing(IReadOnlyList<RuleSource> sources, RuleSet below, KnownServices services)
    {
        var prepared = Prepare(sources, rules => RuleLayers.Beneath(below, rules, services), services, below, null);
        var resources = prepared.Rules.Resources.ToHashSet<Resource>(ReferenceEqualityComparer.Instance);
        return prepared.HasErrors ? prepared : prepared with
        {
            Beneath = [.. below.Resources.Where(resources.Contains).Select(resource => resource.Subject)],
        };
    }

    /// <summary>Prepares rules that are applied on top of those in force, as <c>kubectl apply</c> does.</summary>
    /// <param name="sources">The rules to apply.</param>
    /// <param name="current">The rules in force.</param>
    /// <param name="services">What runs.</param>
    public static PreparedRules Applying(IReadOnlyList<RuleSource> sources, PreparedRules current, KnownServices services)
    {
        var prepared = Prepare(sources, rules => RuleLayers.Apply(current.Rules, rules), services, RuleSet.Empty,
            current.Analysis);
        if (prepared.HasErrors || current.Beneath.Count == 0)
        {
            return prepared;
        }

        // Of the base stays beneath what stayed so far and is not replaced now.
        var resources = prepared.Rules.Resources.ToHashSet<Resource>(ReferenceEqualityComparer.Instance);
        var gone = current.Rules.Resources.Where(resource => !resources.Contains(resource)).Select(resource => resource.Subject)
            .ToHashSet();
        return prepared with { Beneath = [.. current.Beneath.Where(subject => !gone.Contains(subject))] };
    }

    /// <summary>Prepares the rules in force without some of them, as <c>kubectl delete</c> leaves them.</summary>
    /// <param name="isRemoved">Says which go.</param>
    /// <param name="current">The rules in force.</param>
    /// <param name="services">What runs.</param>
    public static PreparedRules Removing(Func<Resource, bool> isRemoved, PreparedRules current, KnownServices services)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(services);
        var whole = RuleLayers.Without(current.Rules, isRemoved);
        var left = whole.Resources.Select(resource => resource.Subject).ToHashSet();
        var known = services with { Objects = current.Objects };
        var analysis = RuleAnalyzer.Analyze(whole, known, new HashSet<Resource>(), current.Analysis);
        return new PreparedRules(whole, Said(analysis, whole, known))
        {
            Analysis = analysis,
            Beneath = [.. current.Beneath.Where(left.Contains)],
            Objects = current.Objects,
        };
    }

    private static PreparedRules Prepare(IReadOnlyList<RuleSource> sources, Func<RuleSet, RuleSet> lay, KnownServices services,
        RuleSet below, RuleAnalysis? before)
    {
        var reading = RuleReader.Read(services.Namespace, sources, services.GatewayApi);
        if (reading.Rules == RuleSet.Empty && !reading.HasErrors)
        {
            var nothing = new Problem(Severity.Error, sources.Count > 0 ? sources[0].Name : "", 1, 1, "", "there are no rules in it",
                reading.Objects.Services.Count > 0
                    ? "add what routes to its Services: a VirtualService, a DestinationRule, an HTTPRoute or an Ingress"
                    : "write at least one resource")
            {
                Type = MessageTypes.NoRules,
            };
            return new PreparedRules(reading.Rules, [nothing, .. reading.Problems]);
        }

        // What could not be read may hold what the rest asks for.
        var known = reading.Problems.Any(problem =>
            problem.IsRefusal && (problem.Type == MessageTypes.Unreadable || problem.Type == MessageTypes.UnrenderedTemplate))
            ? services with { IsComplete = false }
            : services;
        var whole = lay(reading.Rules);
        known = known with { Objects = reading.Objects };
        var analysis = RuleAnalyzer.Analyze(whole, known, reading.Faulty, before);
        var said = Said(analysis, whole, known);
        var others = below.Resources.Select(resource => resource.Source.File).Except(sources.Select(source => source.Name)).ToHashSet();
        var refusals = reading.Problems.Where(problem => problem.IsRefusal).ToList();
        return new PreparedRules(whole,
            others.Count + refusals.Count == 0 ? [.. reading.Problems, .. said]
                : [.. reading.Problems, .. said.Where(problem => IsOfTheUser(problem, others) && !Follows(problem, refusals))])
        {
            Objects = reading.Objects,
            Analysis = analysis,
        };
    }

    private static List<Problem> Said(RuleAnalysis analysis, RuleSet rules, KnownServices known) =>
    [
        .. analysis.Problems,
        .. GatewayApiAnalysis.Analyze(rules, known),
        .. IngressResourceAnalysis.Analyze(rules, known),
        .. RouteConflictAnalysis.Analyze(rules, known),
    ];

    /// <summary>Nothing is said of the base, which the user has not written and cannot change.</summary>
    private static bool IsOfTheUser(Problem problem, HashSet<string> filesBelow) =>
        problem.File.Length == 0 || !filesBelow.Contains(problem.File);

    /// <summary>A second message about what has an error already.</summary>
    private static bool Follows(Problem problem, List<Problem> refusals) => refusals.Count > 0
        && refusals.Exists(other => other.File == problem.File && other.Path == problem.Path && problem.Path.Length > 0);
}
