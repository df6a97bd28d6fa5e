using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>What the mesh is told of pods that come and go.</summary>
internal interface IPodMesh
{
    /// <summary>Sends requests to other pods from now on.</summary>
    /// <param name="pods">Every pod that requests may go to.</param>
    void SetPods(IReadOnlyList<Pod> pods);

    /// <summary>Opens the listener by which a new pod calls others.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">Its address is taken.</exception>
    Task OpenOutboundAsync(Pod pod, CancellationToken cancellation);

    /// <summary>Closes it again.</summary>
    /// <param name="pod">The pod's name.</param>
    Task CloseOutboundAsync(string pod);
}
