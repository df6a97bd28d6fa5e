using System.ComponentModel;
using System.Diagnostics;

namespace Bookinfo.AppHost;

/// <summary>
/// The database of ratings v2: PostgreSQL where a container runtime is there to run it, and SQLite, of which the pod takes care by itself,
/// where there is none.
/// </summary>
internal static class RatingsDatabase
{
    /// <summary>The key under which the pod looks for its connection string.</summary>
    private const string ConnectionName = "ratings";
    private const string DatabaseName = "ratings";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the database server, where there is to be one.</summary>
    /// <param name="builder">The application; <c>database</c> in its configuration decides: <c>postgres</c>, <c>sqlite</c>, or unset to
    /// look for a container runtime.</param>
    /// <returns>The database, or null for SQLite.</returns>
    /// <exception cref="InvalidOperationException">The setting is none of these.</exception>
    public static IResourceBuilder<PostgresDatabaseResource>? AddRatingsDatabase(this IDistributedApplicationBuilder builder)
    {
        var postgres = builder.Configuration["database"] switch
        {
            "postgres" => true,
            "sqlite" => false,
            null or "" => HasContainerRuntime(builder.Configuration["ASPIRE_CONTAINER_RUNTIME"]),
            var other => throw new InvalidOperationException($"database is '{other}'; it should be postgres or sqlite, or unset."),
        };

        return postgres ? builder.AddPostgres("postgres").AddDatabase("ratings-database", DatabaseName) : null;
    }

    /// <summary>Gives the database to a pod that needs one.</summary>
    /// <param name="resource">The pod's resource.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="database">The database, or null for SQLite.</param>
    public static IResourceBuilder<ProjectResource> WithDatabase(
        this IResourceBuilder<ProjectResource> resource, Pod pod, IResourceBuilder<PostgresDatabaseResource>? database) =>
        pod.Release.NeedsDatabase && database is not null
            ? resource.WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString).WithReference(database, ConnectionName)
                .WaitFor(database)
            : resource;

    private static bool HasContainerRuntime(string? chosen) =>
        chosen is { Length: > 0 } ? Answers(chosen) : Answers("docker") || Answers("podman");

    // That the command exists says nothing: Docker may be installed and not running.
    private static bool Answers(string runtime)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(runtime, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Timeout))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
