namespace Bookinfo.AppHost;

/// <summary>The order in which resources start: the one who is called before the one who calls, and the way in last, so that the first page is whole.</summary>
internal static class StartOrder
{
    /// <summary>Makes each pod wait for one pod of each service it calls, and the mesh for the page.</summary>
    /// <param name="builder">The application; it already has the pods.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="pods">The pods.</param>
    public static void WaitInOrderOfCalls(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> mesh, IReadOnlyList<Pod> pods)
    {
        foreach (var pod in pods)
        {
            foreach (var callee in pod.Service.Calls)
            {
                if (First(pods, callee) is { } first)
                {
                    Resource(pod).WaitFor(Resource(first)).WithReferenceRelationship(Resource(first));
                }
            }
        }

        foreach (var pod in pods.Where(pod => pod.Service.PublicPaths.Count > 0).Take(1))
        {
            mesh.WaitFor(Resource(pod));
        }

        IResourceBuilder<ProjectResource> Resource(Pod pod) =>
            builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == pod.Name));
    }

    // The first release is the one that has the traffic before any lesson begins; the page need not wait for the others.
    private static Pod? First(IReadOnlyList<Pod> pods, string service) => pods.FirstOrDefault(pod => pod.Service.Name == service);
}
