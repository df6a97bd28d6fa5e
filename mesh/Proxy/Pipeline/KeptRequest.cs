using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>A request that is over, as <see cref="RequestHistory"/> keeps it.</summary>
internal readonly record struct KeptRequest(
    DateTimeOffset At, string Method, string Target, int Status, ResponseFlags Flags, int Attempts, TimeSpan Duration, string Id);
