namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>The rules in force leave no way to move the traffic as asked. The message says what stands in the way.</summary>
/// <param name="message">A whole sentence.</param>
internal sealed class ShiftException(string message) : Exception(message);
