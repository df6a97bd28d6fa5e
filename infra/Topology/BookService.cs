namespace Bookinfo.Topology;

/// <summary>A service of the sample: one name on the service network, one program, one or more releases.</summary>
/// <param name="Name">The name by which the others call it, for example <c>reviews</c>.</param>
/// <param name="Project">The folder of its program under <c>services/</c>, which is also the name of its project file.</param>
/// <param name="Summary">What it is for, in a few words.</param>
public sealed record BookService(string Name, string Project, string Summary)
{
    /// <summary>The port on which its pods listen and on which its name answers.</summary>
    public int Port { get; init; } = 9080;

    /// <summary>What it speaks on <see cref="Port"/>.</summary>
    public ServiceProtocol Protocol { get; init; } = ServiceProtocol.Http;

    /// <summary>
    /// The names of the services it calls: the arrows of the system. Whatever is not here is not let through on a cluster.
    /// </summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    /// <summary>Its releases, the oldest first. The first is the one that runs before any lesson begins.</summary>
    public required IReadOnlyList<Release> Releases { get; init; }

    /// <summary>What the gateway lets in to it; empty for a service that only other services call.</summary>
    public IReadOnlyList<PublicPath> PublicPaths { get; init; } = [];

    /// <summary>
    /// A path that shows in a browser what the service answers, for example <c>/reviews/0</c>; null for a service that a browser cannot
    /// call.
    /// </summary>
    public string? SamplePath { get; init; }

    /// <summary>
    /// Secret settings whose value all its pods share: where there are several pods, each place that runs them makes one up.
    /// </summary>
    public IReadOnlyList<string> SharedSecrets { get; init; } = [];

    /// <summary>The release of that version.</summary>
    /// <param name="version">The <c>version</c> label, for example <c>v2</c>.</param>
    /// <exception cref="KeyNotFoundException">The service has no such release; the message names those it has.</exception>
    public Release Release(string version) =>
        Releases.FirstOrDefault(release => release.Version == version)
        ?? throw new KeyNotFoundException($"{Name} has no release {version}; it has {string.Join(", ", Releases.Select(r => r.Version))}");

    /// <summary>
    /// The name of a release's workload, for example <c>reviews-v2</c>: its Deployment on a cluster, its resource in the dashboard, its
    /// pods' prefix in the Lab.
    /// </summary>
    /// <param name="release">One of <see cref="Releases"/>.</param>
    public string WorkloadName(Release release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return $"{Name}-{release.Version}";
    }
}
