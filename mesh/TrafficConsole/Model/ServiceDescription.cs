namespace Bookinfo.Mesh.TrafficConsole.Model;

/// <summary>A service as the console tells of it.</summary>
/// <param name="Name">Its name on the service network, for example <c>reviews</c>.</param>
/// <param name="Port">The port its name answers on.</param>
/// <param name="Protocol"><c>http</c> or <c>grpc</c>.</param>
/// <param name="Summary">What it is for, in a few words; empty where there is none.</param>
/// <param name="Calls">The services it calls.</param>
/// <param name="Releases">Its releases, running or not, the oldest first.</param>
public sealed record ServiceDescription(
    string Name,
    int Port,
    string Protocol,
    string Summary,
    IReadOnlyList<string> Calls,
    IReadOnlyList<ReleaseDescription> Releases);

/// <summary>A release as the console tells of it.</summary>
/// <param name="Version">Its version label, for example <c>v2</c>.</param>
/// <param name="Summary">What sets it apart, in a few words; empty where there is none.</param>
public sealed record ReleaseDescription(string Version, string Summary);
