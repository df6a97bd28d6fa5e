namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>One row: rules put into force, then calls in order.</summary>
/// <param name="Name">The name that the source gives it; several rows of one name are variants of one case.</param>
/// <param name="Rules">Istio's YAML.</param>
/// <param name="Calls">The requests.</param>
public sealed record Case(string Name, string Rules, params IReadOnlyList<Call> Calls)
{
    /// <summary>What tells rows of the same name apart.</summary>
    public string? Variant { get; init; }

    /// <summary>What calls alone cannot say: runs after them, against the same mesh under the same rules.</summary>
    public Func<EchoMesh, Task>? Then { get; init; }

    /// <summary>Part of the sentence by which the rules are refused; the row has no calls then.</summary>
    public string? Refused { get; init; }

    /// <summary>The name that a test explorer shows.</summary>
    public string Title => Variant is null ? Name : $"{Name} ({Variant})";
}
