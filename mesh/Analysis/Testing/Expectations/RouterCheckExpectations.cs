using System.Globalization;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Expectations;

/// <summary>
/// Something about the destination that Envoy picks for a random value, or <c>""</c> where the mesh answers itself
/// (<c>test/tools/router_check/router.cc: compareCluster, compareRewritePath, compareRewriteHost</c> of envoyproxy/envoy).
/// </summary>
/// <param name="what">The field's name.</param>
/// <param name="expected">Its text.</param>
/// <param name="random">The random value.</param>
/// <param name="read">Reads it.</param>
internal sealed class PickedExpectation(string what, string expected, ulong random,
    Func<RouteOutcome, OutcomeDestination, string> read) : Expectation(what)
{
    public override Mismatch? Check(Observation observed) => Compare(expected,
        Pick(observed.Outcome, random) is { } picked ? read(observed.Outcome, picked) : "");

    /// <summary>
    /// <c>random % total</c>, walked over half-open intervals (<c>source/common/router/config_impl.cc: pickWeightedCluster</c>).
    /// </summary>
    public static OutcomeDestination? Pick(RouteOutcome outcome, ulong random)
    {
        var total = (ulong)outcome.Destinations.Sum(destination => (long)destination.Weight);
        if (outcome.Destinations.Count <= 1 || total == 0)
        {
            return outcome.Destinations.Count == 0 ? null : outcome.Destinations[0];
        }

        var left = random % total;
        foreach (var destination in outcome.Destinations)
        {
            if (left < (ulong)destination.Weight)
            {
                return destination;
            }

            left -= (ulong)destination.Weight;
        }

        return null;
    }
}

/// <summary>Something about the outcome that does not depend on the destination, <c>""</c> for nothing.</summary>
internal sealed class RouteTextExpectation(string what, string expected, Func<RouteOutcome, string?> read) : Expectation(what)
{
    public override Mismatch? Check(Observation observed) => Compare(expected, read(observed.Outcome) ?? "");
}

/// <summary>
/// A header as the picked destination or the caller sees it (<c>router.cc: matchHeaderField</c>). <c>:path</c>, <c>:authority</c> and
/// <c>:method</c> are the request's own.
/// </summary>
/// <param name="what">The field's name.</param>
/// <param name="matcher">What is asked.</param>
/// <param name="random">The random value.</param>
/// <param name="before">The answer's headers before the rules change them; null for the request's.</param>
internal sealed class HeaderMatchExpectation(string what, HeaderMatch matcher, ulong random, IReadOnlyDictionary<string, string>? before)
    : Expectation(what)
{
    public override Mismatch? Check(Observation observed)
    {
        var actual = Read(observed);
        return matcher.Holds(actual) ? null : new Mismatch(What, $"{matcher}", $"{matcher.Name}: {actual ?? Words.None}");
    }

    private string? Read(Observation observed)
    {
        var picked = PickedExpectation.Pick(observed.Outcome, random);
        if (before is not null)
        {
            var added = picked?.ResponseHeaders ?? observed.Outcome.ResponseHeaders;
            return added.GetValueOrDefault(matcher.Name) ?? before.GetValueOrDefault(matcher.Name);
        }

        return matcher.Name switch
        {
            ":path" => observed.Outcome.Path ?? observed.Request.Path,
            ":authority" or "host" => picked?.Authority ?? observed.Request.Authority,
            ":method" => observed.Request.Method,
            "x-forwarded-proto" => observed.Request.Scheme,
            _ => picked is null
                ? observed.Request.Headers.FirstOrDefault(header =>
                    header.Key.Equals(matcher.Name, StringComparison.OrdinalIgnoreCase)).Value
                : picked.RequestHeaders.GetValueOrDefault(matcher.Name),
        };
    }
}

/// <summary>Envoy's HeaderMatcher (<c>api/envoy/config/route/v3/route_components.proto</c>).</summary>
/// <param name="Name">The header's name.</param>
internal sealed record HeaderMatch(string Name)
{
    /// <summary>All of the text.</summary>
    public string? Exact { get; init; }

    /// <summary>Its beginning.</summary>
    public string? Prefix { get; init; }

    /// <summary>Its end.</summary>
    public string? Suffix { get; init; }

    /// <summary>A part of it.</summary>
    public string? Contains { get; init; }

    /// <summary>An RE2 expression for all of it.</summary>
    public string? Regex { get; init; }

    /// <summary>Whether it has to be there. Without anything else it has to be.</summary>
    public bool IsPresent { get; init; } = true;

    /// <summary>The opposite is asked.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Whether the header is as asked.</summary>
    /// <param name="value">Its value; null where it is absent.</param>
    public bool Holds(string? value) => IsInverted != (value is null
        ? !IsPresent && Exact is null && Prefix is null && Suffix is null && Contains is null && Regex is null
        : IsPresent
            && (Exact is null || value == Exact)
            && (Prefix is null || value.StartsWith(Prefix, StringComparison.Ordinal))
            && (Suffix is null || value.EndsWith(Suffix, StringComparison.Ordinal))
            && (Contains is null || value.Contains(Contains, StringComparison.Ordinal))
            && (Regex is null || Re2.WholeText(Regex).IsMatch(value)));

    /// <inheritdoc/>
    public override string ToString()
    {
        var wanted = (Exact ?? Prefix ?? Suffix ?? Contains ?? Regex) switch
        {
            null => IsPresent ? "present" : "absent",
            var text when Exact is not null => text,
            var text when Prefix is not null => $"{text}...",
            var text when Suffix is not null => $"...{text}",
            var text when Contains is not null => $"...{text}...",
            var text => $"/{text}/",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Name}: {(IsInverted ? "not " : "")}{wanted}");
    }
}
