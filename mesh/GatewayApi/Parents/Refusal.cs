using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>Why something is not as one wants it.</summary>
/// <param name="Reason">The Gateway API's reason.</param>
/// <param name="Message">A sentence without a full stop.</param>
internal sealed record Refusal(string Reason, string Message)
{
    /// <summary>Where in the resource it stands; null for no place of its own.</summary>
    public string? Path { get; init; }

    /// <summary>The condition that says so.</summary>
    public Condition ToCondition(string type) => new(type, type == Condition.Conflicted, Reason, Message) { Path = Path };
}

/// <summary>Conditions that are as one wants them.</summary>
internal static class Fine
{
    public static Condition Condition(string type, string reason, string message) =>
        new(type, type != Istio.GatewayApi.Condition.Conflicted, reason, message);
}
