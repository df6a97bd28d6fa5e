using Bookinfo.Mesh.Istio;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>Rules read, laid over what stands beneath them and analyzed: ready to be put in force, unless they have errors.</summary>
/// <param name="Rules">The whole set. Not to be used where <see cref="HasErrors"/>.</param>
/// <param name="Problems">What is to be said about it: errors of the text, or else warnings and notes of the whole set.</param>
public sealed record PreparedRules(RuleSet Rules, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether the rules are not to be used.</summary>
    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);

    /// <summary>The resources of the base that stay in force beneath the rules, for example <c>Gateway/bookinfo-gateway</c>.</summary>
    public IReadOnlyList<string> Beneath { get; private init; } = [];

    /// <summary>Prepares rules that replace those in force, with a base beneath them.</summary>
    /// <param name="sources">The new rules.</param>
    /// <param name="below">The base; <see cref="RuleSet.Empty"/> for none.</param>
    /// <param name="services">What runs.</param>
    public static PreparedRules Replacing(IReadOnlyList<RuleSource> sources, RuleSet below, KnownServices services)
    {
        var prepared = Prepare(sources, rules => RuleLayers.Beneath(below, rules, services), services);
        return prepared.HasErrors ? prepared : prepared with { Beneath = [.. Resources(below).Intersect(Resources(prepared.Rules)).Select(resource => resource.Subject)] };
    }

    /// <summary>Prepares rules that are applied on top of those in force, as <c>kubectl apply</c> does.</summary>
    /// <param name="sources">The rules to apply.</param>
    /// <param name="current">The rules in force.</param>
    /// <param name="services">What runs.</param>
    public static PreparedRules Applying(IReadOnlyList<RuleSource> sources, PreparedRules current, KnownServices services)
    {
        var prepared = Prepare(sources, rules => RuleLayers.Apply(current.Rules, rules), services);

        // Of the base stays beneath what stayed so far and is not replaced now.
        var kept = Resources(current.Rules).Intersect(Resources(prepared.Rules)).Select(resource => resource.Subject).ToHashSet();
        return prepared.HasErrors ? prepared : prepared with { Beneath = [.. current.Beneath.Where(kept.Contains)] };
    }

    private static PreparedRules Prepare(IReadOnlyList<RuleSource> sources, Func<RuleSet, RuleSet> lay, KnownServices services)
    {
        var reading = RuleReader.Read(sources);
        if (reading.HasErrors)
        {
            return new PreparedRules(reading.Rules, reading.Problems);
        }

        if (reading.Rules == RuleSet.Empty)
        {
            return new PreparedRules(reading.Rules, [new Problem(Severity.Error, sources.Count > 0 ? sources[0].Name : "", 1, 1, "", "there are no rules in it", "write at least one resource")]);
        }

        var whole = lay(reading.Rules);
        return new PreparedRules(whole, [.. reading.Problems, .. RuleAnalyzer.Analyze(whole, services)]);
    }

    private static IEnumerable<Resource> Resources(RuleSet rules) => [.. rules.Gateways, .. rules.VirtualServices, .. rules.DestinationRules, .. rules.ServiceEntries];
}
