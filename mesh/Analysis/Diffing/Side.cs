using Bookinfo.Mesh.Analysis.Automata;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>One rule set's routes for some requests, in order.</summary>
internal sealed class Side
{
    private static readonly SampleRequest Neutral = new() { Authority = "a" };

    public Side(OfflineHost? host, SubsetNames names) =>
        Routes = [.. host?.Routes.Select(route => new SideRoute(route, Neutral, names)) ?? []];

    /// <summary>The routes; none where no virtual host has the requests' host.</summary>
    public SideRoute[] Routes { get; }
}

/// <summary>A route of one side.</summary>
internal sealed class SideRoute
{
    public SideRoute(OfflineRoute route, SampleRequest neutral, SubsetNames names)
    {
        var outcome = route.Decide(neutral);
        Conditions = [.. route.Conditions.Select(Condition.Of)];
        Action = $"{route.Shape}\n{OutcomeAspects.Of(names.In(outcome)).Text}";
        Shape = route.Shape;
        Rule = outcome.Rule;
    }

    public Condition[] Conditions { get; }

    /// <summary>What the route does with any request, as text: two with the same text do the same.</summary>
    public string Action { get; }

    /// <summary>How path and Host are made from the request.</summary>
    public string Shape { get; }

    /// <summary>Where it stands in the rules; null for a service without rules.</summary>
    public RulePlace? Rule { get; }

    /// <summary>Whether the other one asks and does the same.</summary>
    public bool IsSameAs(SideRoute other) => Action == other.Action && Conditions.AsSpan().SequenceEqual(other.Conditions);
}

/// <summary>A condition, with the dimension of requests that it is about.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Pattern">What the text must be like; null asks only that it is there.</param>
/// <param name="IsInverted">The opposite is asked.</param>
internal sealed record Condition(Dimension Dimension, TextPattern? Pattern, bool IsInverted)
{
    public static Condition Of(RouteCondition condition) => new(
        new Dimension(condition.Part, condition.Part == RequestPart.Header ? condition.Name.ToLowerInvariant() : condition.Name),
        condition.Pattern, condition.IsInverted);
}

/// <summary>A part of requests that rules ask about independently of the others.</summary>
/// <param name="Part">The part.</param>
/// <param name="Name">The header's or parameter's name; empty for the other parts.</param>
internal sealed record Dimension(RequestPart Part, string Name)
{
    /// <summary>A header or parameter may be absent; the other parts are always there.</summary>
    public bool MayBeAbsent => Part is RequestPart.Header or RequestPart.QueryParameter;

    /// <summary>The texts that a request can have there, as an RE2 expression.</summary>
    /// <exception cref="UndecidableException">The part is not independent of the others.</exception>
    public string Language => TextLanguages.Of(Part);
}
