using Bookinfo.Topology;

namespace Bookinfo.Cluster.Settings;

/// <summary>Which releases of which services are deployed.</summary>
public sealed record ReleaseSelection
{
    /// <summary>The services that are deployed, in the topology's order, each with its deployed releases only.</summary>
    public required ServiceTopology Deployed { get; init; }

    /// <summary>
    /// Reads <c>releases:SERVICE</c>, for example <c>releases:ratings v1,v-faulty</c>. A service that no key names gets every release that
    /// is not optional;
    /// <c>none</c> leaves out a service that no other service calls.
    /// </summary>
    internal static ReleaseSelection Read(SettingsReader reader, ServiceTopology topology)
    {
        List<BookService> services = [];
        foreach (var service in topology.Services)
        {
            var releases = Releases(reader, service);
            if (releases.Count > 0)
            {
                services.Add(service with { Releases = releases });
            }
            else if (topology.CallersOf(service.Name).Any() || service.PublicPaths.Count > 0)
            {
                reader.Wrong($"releases:{service.Name} is none, but the others need it: name at least one of {Versions(service)}");
                services.Add(service);
            }
        }

        foreach (var unknown in reader.NamesIn("releases").Except(topology.Services.Select(service => service.Name)))
        {
            _ = reader.Text($"releases:{unknown}");
            reader.Wrong(
                $"releases:{unknown} names no service: there are {string.Join(", ", topology.Services.Select(service => service.Name))}");
        }

        var left = services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        var calling = services.Select(service => service with { Calls = [.. service.Calls.Where(left.Contains)] });
        return new ReleaseSelection { Deployed = new ServiceTopology([.. calling]) { ClusterDomain = topology.ClusterDomain } };
    }

    private static List<Release> Releases(SettingsReader reader, BookService service)
    {
        var key = $"releases:{service.Name}";
        if (!reader.Has(key))
        {
            return [.. service.Releases.Where(release => !release.Optional)];
        }

        if (!reader.TryList(key, out var versions))
        {
            return [.. service.Releases];
        }

        if (versions is ["none"])
        {
            return [];
        }

        foreach (var version in versions.Where(version => service.Releases.All(release => release.Version != version)))
        {
            reader.Wrong($"{key} names {version}, which is not a release of {service.Name}: it has {Versions(service)}");
        }

        // In the topology's order, whatever order the key has: the first is the one that runs before any lesson begins.
        var chosen = service.Releases.Where(release => versions.Contains(release.Version)).ToList();
        if (chosen.Count == 0)
        {
            if (versions.Count == 0)
            {
                reader.Wrong($"{key} names no release: write some of {Versions(service)}, or none");
            }

            return [.. service.Releases];
        }

        // The topology wants one release that runs by itself; a stack with a fault release only makes it that one.
        return chosen.TrueForAll(release => release.Optional) ? [chosen[0] with { Optional = false }, .. chosen.Skip(1)] : chosen;
    }

    private static string Versions(BookService service) => string.Join(", ", service.Releases.Select(release => release.Version));
}
