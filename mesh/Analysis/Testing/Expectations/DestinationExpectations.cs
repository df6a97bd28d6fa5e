using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Expectations;

/// <summary>Every request goes to one destination.</summary>
/// <param name="host">The service, by any name that a rule could use.</param>
/// <param name="port">Its port; null where it does not matter.</param>
/// <param name="subset">Its subset; null where it does not matter, empty for the whole service.</param>
internal sealed class DestinationExpectation(string host, int? port, string? subset) : Expectation("destination")
{
    public override Mismatch? Check(Observation observed)
    {
        var expected = observed.FullHost(host);
        var isThere = observed.Outcome.Destinations is [{ Problem: null } only] && only.Host == expected
            && (port is null || only.Port == port) && (subset is null || only.Subset == subset);
        return isThere ? null : new Mismatch(What, Words.Of(expected, port, subset), Words.Of(observed.Outcome));
    }
}

/// <summary>Requests are split among destinations.</summary>
/// <param name="shares">Each destination with its share. The order does not matter, and there are no others.</param>
internal sealed class SplitExpectation(IReadOnlyList<ExpectedShare> shares) : Expectation("destinations")
{
    /// <summary>Weights are whole numbers, so that shares which are written with two decimals can be off by half a hundredth.</summary>
    private const double Tolerance = 0.0051;

    public override Mismatch? Check(Observation observed)
    {
        var left = observed.Outcome.Destinations.ToList();
        var isAsExpected = left.Count == shares.Count
            && shares.All(share => left.FindIndex(each => Is(share, each, observed)) is >= 0 and var at && Take(left, at));
        return isAsExpected ? null
            : new Mismatch(What,
                string.Join(", ", shares.Select(share =>
                    $"{Words.Of(share.Percent)} {Words.Of(observed.FullHost(share.Host), share.Port, share.Subset)}")),
                Words.Of(observed.Outcome));
    }

    private static bool Is(ExpectedShare share, OutcomeDestination destination, Observation observed) =>
        destination.Problem is null
        && destination.Host == observed.FullHost(share.Host)
        && (share.Port is null || destination.Port == share.Port)
        && (share.Subset is null || destination.Subset == share.Subset)
        && Math.Abs(destination.Percent - share.Percent) < Tolerance;

    private static bool Take(List<OutcomeDestination> left, int at)
    {
        left.RemoveAt(at);
        return true;
    }
}

/// <summary>A destination and its share of the requests.</summary>
/// <param name="Host">The service.</param>
/// <param name="Port">Its port; null where it does not matter.</param>
/// <param name="Subset">Its subset; null where it does not matter.</param>
/// <param name="Percent">Of the requests, 0 to 100.</param>
internal sealed record ExpectedShare(string Host, int? Port, string? Subset, double Percent);

/// <summary>Copies go to these destinations and to no others.</summary>
internal sealed class MirrorsExpectation(IReadOnlyList<ExpectedShare> mirrors) : Expectation("mirrors")
{
    public override Mismatch? Check(Observation observed) => Compare(
        List(mirrors.Select(mirror => Text(observed.FullHost(mirror.Host), mirror.Subset ?? "", mirror.Percent))),
        List(observed.Outcome.Mirrors.Select(mirror => mirror.Cluster?.Split('|') is [_, _, var subset, var host]
            ? Text(host, subset, mirror.Percent)
            : $"{Words.Of(mirror.Percent)} to a destination that does not exist")));

    private static string Text(string host, string subset, double percent) => $"{Words.Of(percent)} {Words.Of(host, null, subset)}";

    private static string List(IEnumerable<string> mirrors) =>
        string.Join(", ", mirrors.Order(StringComparer.Ordinal)) is { Length: > 0 } some ? some : Words.None;
}
