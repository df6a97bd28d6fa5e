using Bookinfo.Topology;

namespace Bookinfo.Cluster.Settings;

/// <summary>The share of the requests that each release gets, by service.</summary>
public sealed record CanarySettings
{
    /// <summary>By service: weight by version. Weights are relative, as Istio's are; releases with weight 0 are kept in the list.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Weights { get; init; }

    /// <summary>The weights of a service: the asked ones, or everything to its first release.</summary>
    /// <param name="service">A deployed service with its deployed releases.</param>
    public IReadOnlyDictionary<string, int> Of(BookService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return Weights.TryGetValue(service.Name, out var weights) ? weights
            : new Dictionary<string, int> { [service.Releases[0].Version] = 100 };
    }

    /// <summary>Reads <c>canary:SERVICE</c>, for example <c>canary:reviews v1=90,v3=10</c>.</summary>
    internal static CanarySettings Read(SettingsReader reader, ServiceTopology deployed)
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        foreach (var name in reader.NamesIn("canary").ToList())
        {
            var key = $"canary:{name}";
            if (!reader.TryMap(key, out var written))
            {
                continue;
            }

            if (deployed.Services.FirstOrDefault(service => service.Name == name) is not { } service)
            {
                reader.Wrong(
                    $"{key} names no deployed service: there are {string.Join(", ", deployed.Services.Select(service => service.Name))}");
                continue;
            }

            var weights = Weigh(reader, key, service, written);
            if (weights.Count == written.Count && weights.Values.Sum(weight => (long)weight) == 0)
            {
                reader.Wrong($"{key} has weights of total 0: give at least one release of {name} a weight above 0");
            }

            all[name] = weights;
        }

        return new CanarySettings { Weights = all };
    }

    private static Dictionary<string, int> Weigh(
        SettingsReader reader, string key, BookService service, IReadOnlyDictionary<string, string> written)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (version, text) in written)
        {
            if (service.Releases.All(release => release.Version != version))
            {
                reader.Wrong(
                    $"{key} gives a weight to {version}, which is not a deployed release of {service.Name}: there are "
                    + $"{string.Join(", ", service.Releases.Select(release => release.Version))}");
            }
            else if (!int.TryParse(text, System.Globalization.NumberStyles.None, null, out var weight) || weight > 1_000_000)
            {
                reader.Wrong($"{key} gives {version} the weight {SettingsReader.Quoted(text)}: write a whole number from 0 to 1000000");
            }
            else
            {
                weights[version] = weight;
            }
        }

        return weights;
    }
}
