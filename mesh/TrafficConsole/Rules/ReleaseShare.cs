namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>How much of a service's traffic a release has under the rules.</summary>
/// <param name="Release">Its version label.</param>
/// <param name="Percent">Of a hundred requests.</param>
public sealed record ReleaseShare(string Release, int Percent);
