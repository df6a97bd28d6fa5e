using Bookinfo.Topology;

namespace Bookinfo.Cluster.Settings;

/// <summary>Where the images come from. A service has one image; its releases are settings of it.</summary>
public sealed record ImageSettings
{
    /// <summary>Registry and path before a service's name, for example <c>ghcr.io/acme/bookinfo</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The tag of all services' images.</summary>
    public required string Tag { get; init; }

    /// <summary>Digests by service, for example <c>sha256:...</c>: what is pinned here is what runs, whatever becomes of the tag.</summary>
    public required IReadOnlyDictionary<string, string> Digests { get; init; }

    /// <summary><c>IfNotPresent</c>, <c>Always</c> or <c>Never</c>.</summary>
    public required string PullPolicy { get; init; }

    /// <summary>The name of a Secret with the registry's credentials, in the namespace of the services, or null.</summary>
    public string? PullSecret { get; init; }

    /// <summary>The database's image.</summary>
    public required string Postgres { get; init; }

    /// <summary>The OpenTelemetry collector's image.</summary>
    public required string Collector { get; init; }

    /// <summary>The Aspire dashboard's image.</summary>
    public required string Dashboard { get; init; }

    /// <summary>The image of a service: by tag, and by digest too where one is pinned.</summary>
    /// <param name="service">A service of the topology.</param>
    public string Of(BookService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var tagged = $"{Repository}/{service.Name}:{Tag}";
        return Digests.TryGetValue(service.Name, out var digest) ? $"{tagged}@{digest}" : tagged;
    }

    internal static ImageSettings Read(SettingsReader reader, ServiceTopology topology)
    {
        var settings = new ImageSettings
        {
            Repository = reader.Matching(
                "images:repository", "bookinfo", text => Syntax.IsRepository(text.TrimEnd('/')),
                    "write registry and path in lower case without a tag, such as ghcr.io/acme/bookinfo").TrimEnd('/'),
            Tag = reader.Matching("images:tag", "dev", Syntax.IsTag,
                "a tag is letters, digits, dots, hyphens and underscores, at most 128"),
            Digests = reader.Map("images:digests"),
            PullPolicy = reader.Choice("images:pullPolicy", "IfNotPresent", Same("IfNotPresent", "Always", "Never")),
            PullSecret = reader.ObjectName("images:pullSecret", "a Secret with the registry's credentials"),
            Postgres = Image(reader, "images:postgres", PostgresImage),
            Collector = Image(reader, "images:collector", CollectorImage),
            Dashboard = Image(reader, "images:dashboard", DashboardImage),
        };
        settings.Check(reader, topology);
        return settings;
    }

    private void Check(SettingsReader reader, ServiceTopology topology)
    {
        foreach (var (service, digest) in Digests)
        {
            if (topology.Services.All(known => known.Name != service))
            {
                reader.Wrong(
                    $"images:digests names {service}, which is not a service: there are "
                    + $"{string.Join(", ", topology.Services.Select(s => s.Name))}");
            }
            else if (!Syntax.IsDigest(digest))
            {
                reader.Wrong($"images:digests has {SettingsReader.Quoted(digest)} for {service}: write sha256: and 64 hexadecimal digits");
            }
        }
    }

    private static string Image(SettingsReader reader, string key, string otherwise) => reader.Matching(
        key, otherwise, Syntax.IsImage,
            "write a whole image with its tag or digest, such as ghcr.io/acme/postgres:18.4 or ghcr.io/acme/postgres@sha256:...");

    private static Dictionary<string, string> Same(params string[] names) => names.ToDictionary(name => name);

    // By digest, each of an index for several architectures: what a tag means can change after it was tried.
    private const string PostgresImage =
        "docker.io/library/postgres:18.4@sha256:a02db8cac496f15b094798a38254f14d6e00741f709360e5e00bb6668ea31636";

    private const string CollectorImage =
        "docker.io/otel/opentelemetry-collector:0.158.0@sha256:5b97e6e3550ec6e48a71dba6f6304d349a293af8df4ee1f51da67be94fce2ecd";

    // Not 13.6.0, whose entry point names a file that is not in the image.
    private const string DashboardImage =
        "mcr.microsoft.com/dotnet/aspire-dashboard:13.5.2@sha256:0ef531119b8073aed12b0db2b4e4ab02866c6c69b7a52264269abd00cfb48a34";
}
