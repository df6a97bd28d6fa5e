namespace Bookinfo.AppHost;

/// <summary>The programs that the AppHost starts, by the names of their projects.</summary>
internal static class Programs
{
    /// <summary>Adds a program under a name of its own: several releases are one program.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="project">The project, for example <c>Reviews</c>.</param>
    /// <param name="name">The resource's name, for example <c>reviews-v2</c>.</param>
    /// <exception cref="ArgumentException">There is no such program.</exception>
    public static IResourceBuilder<ProjectResource> AddProgram(this IDistributedApplicationBuilder builder, string project, string name) => project switch
    {
        nameof(Projects.ProductPage) => builder.AddProject<Projects.ProductPage>(name, Bare),
        nameof(Projects.Details) => builder.AddProject<Projects.Details>(name, Bare),
        nameof(Projects.Reviews) => builder.AddProject<Projects.Reviews>(name, Bare),
        nameof(Projects.Ratings) => builder.AddProject<Projects.Ratings>(name, Bare),
        nameof(Projects.Catalog) => builder.AddProject<Projects.Catalog>(name, Bare),
        nameof(Projects.Lab) => builder.AddProject<Projects.Lab>(name, Bare),
        _ => throw new ArgumentException($"The AppHost does not know the program {project}; add it here.", nameof(project)),
    };

    // Ports and settings come from the topology alone, whatever a program's launch profile says.
    private static void Bare(ProjectResourceOptions options) => options.ExcludeLaunchProfile = true;
}
