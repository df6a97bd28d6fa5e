using Bookinfo.Mesh.Proxy;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>A pod that the Lab is going to start.</summary>
/// <param name="Service">What it belongs to.</param>
/// <param name="Release">Which release of it.</param>
/// <param name="Pod">Its name and addresses.</param>
internal sealed record PlannedPod(BookService Service, Release Release, Pod Pod);
