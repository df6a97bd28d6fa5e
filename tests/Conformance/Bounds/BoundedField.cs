using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>The ends of a number or a duration of the model.</summary>
/// <param name="Field">Type and property: <c>HttpRetry.Attempts</c>.</param>
/// <param name="Source">Where the ends come from: a function of istiod, or a message of Envoy's API.</param>
/// <param name="Rules">Rules with <c>&lt;value&gt;</c> in the field's place.</param>
/// <param name="Least">The smallest value that is accepted.</param>
/// <param name="Most">The largest value that is accepted.</param>
/// <param name="Below">One less, which is refused.</param>
/// <param name="Above">One more, which is refused.</param>
public sealed record BoundedField(string Field, string Source, string Rules, string Least, string Most, string Below, string Above)
{
    /// <summary>The URL that is asked for under these rules.</summary>
    public string Url { get; init; } = "http://c:9080/";

    /// <summary>Statuses that the smallest value leads to.</summary>
    public IReadOnlyList<int> LeastAnswers { get; init; } = [200];

    /// <summary>Statuses that the largest value leads to; none where the answer takes longer than a test.</summary>
    public IReadOnlyList<int> MostAnswers { get; init; } = [200];

    /// <summary>Which fields of the Gateway API there are.</summary>
    public GatewayApiChannel Channel { get; init; } = GatewayApiChannel.Standard;

    /// <summary>The largest value that is put into force, where the mesh itself takes less than <see cref="Most"/>.</summary>
    public string? MostApplied { get; init; }
}
