namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>A query that cannot be read or is not answered here. The message is a clause without a full stop.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="suggestion">What would be right, or null.</param>
public sealed class QueryException(string message, string? suggestion = null) : Exception(message)
{
    /// <summary>What would be right, or null.</summary>
    public string? Suggestion { get; } = suggestion;
}
