using Microsoft.Extensions.Configuration;

namespace Bookinfo.ServiceDefaults;

/// <summary>Who this pod is. Every response says so in its headers.</summary>
/// <param name="Service">The service's name on the network, for example <c>reviews</c>.</param>
/// <param name="Version">The release, as the <c>version</c> label has it, for example <c>v2</c>.</param>
/// <param name="Pod">The pod's name.</param>
public sealed record ServiceIdentity(string Service, string Version, string Pod)
{
    /// <summary>The response header that names the release that answered.</summary>
    public const string ReleaseHeader = "x-bookinfo-release";

    /// <summary>The response header that names the pod that answered.</summary>
    public const string PodHeader = "x-bookinfo-pod";

    /// <summary>Service and version in one word, for example <c>reviews-v2</c>: the name of the workload on a cluster.</summary>
    public string Release { get; } = $"{Service}-{Version}";

    /// <summary>Reads <c>SERVICE_VERSION</c> (default <c>v1</c>) and <c>HOSTNAME</c> (default: the machine's name).</summary>
    public static ServiceIdentity Read(string service, IConfiguration configuration) =>
        new(service, configuration.Text("SERVICE_VERSION", "v1"), configuration.Text("HOSTNAME", Environment.MachineName));
}
