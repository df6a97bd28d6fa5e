using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Testing.Expectations;

/// <summary>
/// A field of the rule that is taken is as written, or with <c>wantMatch: false</c> is otherwise, as in istio-config-validator
/// (<c>internal/pkg/unit/unit.go: Run</c>). Where no rule is taken, every field is absent.
/// </summary>
internal sealed class RuleFieldExpectation<T>(string what, T expected, bool wantMatch, Func<Observation, T?> read, Func<T, string> write)
    : Expectation(what)
    where T : class
{
    public override Mismatch? Check(Observation observed)
    {
        var actual = read(observed);
        return expected.Equals(actual) == wantMatch ? null
            : new Mismatch(What, wantMatch ? write(expected) : $"anything but {write(expected)}",
                actual is null ? Words.None : write(actual));
    }
}

/// <summary>The destinations of the rule that is taken; short host names are of the rule's namespace.</summary>
internal sealed class RuleRouteExpectation(IReadOnlyList<HttpRouteDestination> expected, bool wantMatch) : Expectation("route")
{
    public override Mismatch? Check(Observation observed)
    {
        var actual = (observed.Outcome.Definition?.Route ?? []).Select(each => Full(each, observed)).ToList();
        var wanted = expected.Select(each => Full(each, observed)).ToList();
        return actual.SequenceEqual(wanted) == wantMatch ? null
            : new Mismatch(What, wantMatch ? Text(wanted) : $"anything but {Text(wanted)}",
                actual.Count > 0 ? Text(actual) : Words.Of(observed.Outcome));
    }

    private static HttpRouteDestination Full(HttpRouteDestination route, Observation observed) => route with
    {
        Destination = route.Destination with
        {
            Host = observed.FullHost(route.Destination.Host, observed.Outcome.Rule?.Namespace),
        },
    };

    private static string Text(List<HttpRouteDestination> routes) => string.Join(", ", routes.Select(route =>
        Words.Of(route.Destination.Host, route.Destination.Port, route.Destination.Subset)
        + (route.Weight == 0 ? "" : $" weight {Words.Of(route.Weight)}")
        + (route.Headers is null ? "" : $" {Words.Of(route.Headers)}")));
}
