using Bookinfo.Topology;

namespace Bookinfo.AppHost;

/// <summary>One running copy of a release: a resource of the dashboard, and a pod that the mesh balances over.</summary>
/// <param name="Number">Its place in the mesh's list, from 0.</param>
/// <param name="Service">What it belongs to.</param>
/// <param name="Release">Which release of it.</param>
/// <param name="Name">The resource's name and the pod's: the workload's name, <c>reviews-v2</c>, and for further copies <c>reviews-v2-2</c> and so on.</param>
internal sealed record Pod(int Number, BookService Service, Release Release, string Name)
{
    // Far below the ports that systems hand out by themselves (32768 and up), and the same on every start.
    private const int FirstPort = 19001;
    private const int FirstOutboundPort = 15001;

    /// <summary>The name of the endpoint on which it answers.</summary>
    public const string Endpoint = "http";

    /// <summary>Where it listens.</summary>
    public int Port => FirstPort + Number;

    /// <summary>Whether it calls anybody, and so has a listener of its own in the mesh: that is how the mesh knows who calls.</summary>
    public bool Calls => Service.Calls.Count > 0 || Release.CallsOutside is not null;

    /// <summary>Where the mesh listens for what it calls.</summary>
    public int OutboundPort => FirstOutboundPort + Number;

    /// <summary>The name of the mesh's endpoint for what it calls.</summary>
    public string OutboundEndpoint => $"outbound-{Name}";
}
