namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>
/// How it stands with one aspect of a resource, as Kubernetes says it (<c>metav1.Condition</c>). Types and reasons are the Gateway API's.
/// </summary>
/// <param name="Type">The aspect: <c>Accepted</c>, <c>ResolvedRefs</c>, <c>Programmed</c> or <c>Conflicted</c>.</param>
/// <param name="Status">Whether it is so.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Message">Why, in a sentence.</param>
public sealed record Condition(string Type, bool Status, string Reason, string Message)
{
    /// <summary>The resource is taken by what it belongs to.</summary>
    public const string Accepted = nameof(Accepted);

    /// <summary>Everything that it refers to exists and may be referred to.</summary>
    public const string ResolvedRefs = nameof(ResolvedRefs);

    /// <summary>It is in force.</summary>
    public const string Programmed = nameof(Programmed);

    /// <summary>Another listener is in its way. The only condition that is good where it is not so.</summary>
    public const string Conflicted = nameof(Conflicted);

    /// <summary>Whether it is as one wants it.</summary>
    public bool IsGood => Status != (Type == Conflicted);

    /// <summary>
    /// Where in the resource the reason stands, such as <c>spec.rules[0].backendRefs[1]</c>; null for no place of its own.
    /// </summary>
    public string? Path { get; init; }
}
