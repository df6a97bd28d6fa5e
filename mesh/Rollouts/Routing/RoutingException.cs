namespace Bookinfo.Mesh.Rollouts.Routing;

/// <summary>The rules leave no way to do what a step asks. The message is a whole sentence.</summary>
/// <param name="message">What stands in the way.</param>
public sealed class RoutingException(string message) : Exception(message);
