namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>A condition that cannot be read, or cannot be evaluated for a result. The message is a clause without a full stop.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="suggestion">What would be right, or null.</param>
public sealed class ConditionException(string message, string? suggestion = null) : Exception(message)
{
    /// <summary>What would be right, or null.</summary>
    public string? Suggestion { get; } = suggestion;
}
