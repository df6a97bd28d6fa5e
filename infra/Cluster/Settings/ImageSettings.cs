using System.Text.RegularExpressions;
using Bookinfo.Topology;

namespace Bookinfo.Cluster.Settings;

/// <summary>Where the images come from. A service has one image; its releases are settings of it.</summary>
public sealed partial record ImageSettings
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
            Repository = reader.Text("images:repository", "bookinfo").TrimEnd('/'),
            Tag = reader.Text("images:tag", "dev"),
            Digests = reader.Map("images:digests"),
            PullPolicy = reader.Choice("images:pullPolicy", "IfNotPresent", Same("IfNotPresent", "Always", "Never")),
            PullSecret = reader.Text("images:pullSecret"),
            Postgres = reader.Text("images:postgres", "docker.io/library/postgres:18.1"),
            Collector = reader.Text("images:collector", "docker.io/otel/opentelemetry-collector:0.139.0"),
            Dashboard = reader.Text("images:dashboard", "mcr.microsoft.com/dotnet/aspire-dashboard:13.0"),
        };
        settings.Check(reader, topology);
        return settings;
    }

    private void Check(SettingsReader reader, ServiceTopology topology)
    {
        if (!RepositoryText().IsMatch(Repository))
        {
            reader.Wrong($"images:repository is {SettingsReader.Quoted(Repository)}: write registry and path in lower case without a tag, such as ghcr.io/acme/bookinfo");
        }

        if (!TagText().IsMatch(Tag))
        {
            reader.Wrong($"images:tag is {SettingsReader.Quoted(Tag)}: a tag is letters, digits, dots, hyphens and underscores, at most 128");
        }

        foreach (var (service, digest) in Digests)
        {
            if (topology.Services.All(known => known.Name != service))
            {
                reader.Wrong($"images:digests names {service}, which is no service: there are {string.Join(", ", topology.Services.Select(s => s.Name))}");
            }
            else if (!DigestText().IsMatch(digest))
            {
                reader.Wrong($"images:digests has {SettingsReader.Quoted(digest)} for {service}: write sha256: and 64 hexadecimal digits");
            }
        }
    }

    private static Dictionary<string, string> Same(params string[] names) => names.ToDictionary(name => name);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]*(:[0-9]+/[a-z0-9])?[a-z0-9._/-]*\z")]
    private static partial Regex RepositoryText();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex TagText();

    [GeneratedRegex(@"^sha256:[0-9a-f]{64}\z")]
    private static partial Regex DigestText();
}
