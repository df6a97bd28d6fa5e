using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>A release of an echo application: so many pods alike.</summary>
/// <param name="Workload">Name, labels, namespace.</param>
/// <param name="Pods">How many.</param>
/// <param name="Http2">Whether its pods speak HTTP/2 without TLS, and nothing else.</param>
public sealed record EchoApp(Workload Workload, int Pods = 1, bool Http2 = false)
{
    public static EchoApp Of(string app, string version = "v1", int pods = 1, bool http2 = false, string @namespace = "default") =>
        new(Workload.Of(app, version, @namespace), pods, http2);
}
