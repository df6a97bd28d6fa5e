using System.Reflection;

namespace Bookinfo.AppHost;

/// <summary>
/// The programs of this repository as resources. Each project that the AppHost's project file references as a resource is one.
/// </summary>
internal static class Programs
{
    // The build writes them down: where each project's file is, and what its build made.
    private static readonly Dictionary<string, string[]> Built = typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(metadata => metadata.Key == "program").Select(metadata => metadata.Value!.Split('|'))
        .ToDictionary(paths => Path.GetFileNameWithoutExtension(paths[0]));

    /// <summary>Adds a program under a name of its own: several releases are one program.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="project">The project, for example <c>Reviews</c>.</param>
    /// <param name="name">The resource's name, for example <c>reviews-v2</c>.</param>
    /// <exception cref="InvalidOperationException">The AppHost references no such project.</exception>
    public static IResourceBuilder<ProjectResource> AddProgram(this IDistributedApplicationBuilder builder, string project, string name)
    {
        if (!Built.TryGetValue(project, out var paths))
        {
            throw new InvalidOperationException($"The AppHost has no project {project}: add services/{project}/{project}.csproj.");
        }

        // Ports and settings come from the topology, whatever a launch profile says. The AppHost's build built the program, so it is
        // started as it is:
        // Aspire's default, dotnet run, takes a second of CPU for each pod and keeps 130 MB beside it.
        return builder.AddProject(name, paths[0], options => options.ExcludeLaunchProfile = true)
            .WithAnnotation(new ExecutableAnnotation
            {
                Command = Executable(paths[1]),
                WorkingDirectory = Path.GetDirectoryName(paths[0])!
            })
            .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
    }

    private static string Executable(string assembly) => Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? "exe" : null);
}
