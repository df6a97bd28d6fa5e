using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Expectations;

/// <summary>A text of the outcome: the path that the pod sees, the rule's name.</summary>
internal sealed class TextExpectation(string what, string expected, Func<RouteOutcome, string?> read) : Expectation(what)
{
    public override Mismatch? Check(Observation observed) => Compare(expected, read(observed.Outcome) ?? Words.None);
}

/// <summary>The rule that is taken: its subject, with or without the path in it.</summary>
internal sealed class RuleExpectation(string rule) : Expectation("rule")
{
    public override Mismatch? Check(Observation observed)
    {
        var place = observed.Outcome.Rule;
        var taken = place is null ? Words.None : $"{place.Subject} {place.Path}";
        return taken == rule || place?.Subject == rule || taken.StartsWith($"{rule}.", StringComparison.Ordinal) ? null
            : new Mismatch(What, rule, taken);
    }
}

/// <summary>Faults on purpose; an empty one expects none.</summary>
internal sealed class FaultExpectation(HttpFaultInjection fault) : Expectation("fault")
{
    public override Mismatch? Check(Observation observed) => Compare(Words.Of(fault), Words.Of(observed.Outcome.Fault));
}

/// <summary>The time for the request with all its tries; zero expects no limit.</summary>
internal sealed class TimeoutExpectation(TimeSpan timeout) : Expectation("timeout")
{
    public override Mismatch? Check(Observation observed) => Compare(Words.Of(timeout), Words.Of(observed.Outcome.Timeout));
}

/// <summary>Retries; what is left out does not matter, no attempts expect none.</summary>
internal sealed class RetriesExpectation(HttpRetry retry) : Expectation("retries")
{
    public override Mismatch? Check(Observation observed)
    {
        var actual = observed.Outcome.Retries is not { } retries ? null : new HttpRetry
        {
            Attempts = retries.Attempts,
            RetryOn = retry.RetryOn is null ? null : retries.RetryOn,
            PerTryTimeout = retry.PerTryTimeout is null ? null : retries.PerTryTimeout ?? TimeSpan.Zero,
        };
        return Compare(Words.Of(retry), Words.Of(actual));
    }
}

/// <summary>A header as the pod sees it, or as the rules make it for the caller.</summary>
/// <param name="what">What it is about.</param>
/// <param name="name">The header's name.</param>
/// <param name="value">Its value; null for one that is not there.</param>
/// <param name="isOfResponse">Whether it is the answer's.</param>
internal sealed class HeaderExpectation(string what, string name, string? value, bool isOfResponse) : Expectation(what)
{
    public override Mismatch? Check(Observation observed)
    {
        var expected = $"{name}: {value ?? Words.None}";
        var outcome = observed.Outcome;
        if (outcome.Destinations.Count == 0 && !isOfResponse)
        {
            return new Mismatch(What, expected, Words.Of(outcome));
        }

        var seen = outcome.Destinations.Count == 0
            ? [outcome.ResponseHeaders]
            : outcome.Destinations.Select(destination => isOfResponse ? destination.ResponseHeaders : destination.RequestHeaders);
        return seen.Select(headers => Compare(expected, $"{name}: {headers.GetValueOrDefault(name, Words.None)}"))
            .FirstOrDefault(mismatch => mismatch is not null);
    }
}
