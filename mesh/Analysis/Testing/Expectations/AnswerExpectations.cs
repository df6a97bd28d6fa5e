using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Expectations;

/// <summary>The mesh answers with a redirect.</summary>
/// <param name="location">Where it leads; null where that does not matter.</param>
/// <param name="status">Its status; null where it does not matter.</param>
internal sealed class RedirectExpectation(string? location, int? status) : Expectation("redirect")
{
    public override Mismatch? Check(Observation observed)
    {
        var outcome = observed.Outcome;
        var holds = outcome.Kind == OutcomeKind.Redirect
            && (location is null || outcome.Location == location)
            && (status is null || outcome.Status == status);
        return holds ? null
            : new Mismatch(What,
                $"the mesh redirects{(status is null ? "" : $" with {status}")}{(location is null ? "" : $" to {location}")}",
                Words.Of(outcome));
    }
}

/// <summary>The mesh answers itself, with a direct response or because it refuses the request.</summary>
/// <param name="status">The status.</param>
/// <param name="flag">The response flag; null where it does not matter.</param>
/// <param name="body">The body; null where it does not matter.</param>
internal sealed class ResponseExpectation(int status, string? flag, string? body) : Expectation("response")
{
    public override Mismatch? Check(Observation observed)
    {
        var outcome = observed.Outcome;
        var holds = outcome.Kind != OutcomeKind.Redirect
            && outcome.Status == status
            && (flag is null || (outcome.ResponseFlag ?? "") == flag)
            && (body is null || (outcome.Body ?? "") == body);
        return holds ? null
            : new Mismatch(What, Text(status, flag, body),
                outcome.Status is null || outcome.Kind is OutcomeKind.Redirect or OutcomeKind.Forward
                    ? Words.Of(outcome)
                    : Text(outcome.Status.Value, outcome.ResponseFlag, outcome.Body));
    }

    private static string Text(int status, string? flag, string? body) =>
        $"the mesh answers {status}{(string.IsNullOrEmpty(flag) ? "" : $" (flag {flag})")}"
        + (string.IsNullOrEmpty(body) ? "" : $" with the body \"{body}\"");
}

/// <summary>No rule and no service has the host, and the request passes through to it.</summary>
internal sealed class PassthroughExpectation(bool passes) : Expectation("passthrough")
{
    public override Mismatch? Check(Observation observed) => observed.Outcome.Kind == OutcomeKind.Passthrough == passes ? null
        : new Mismatch(What, passes ? "the host is unknown to the mesh, and the request passes through" : "the host is known to the mesh",
            Words.Of(observed.Outcome));
}
