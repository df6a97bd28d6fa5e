using Bookinfo.Topology;

namespace Bookinfo.Cluster.Settings;

/// <summary>How many pods each release has.</summary>
public sealed record ScaleSettings
{
    /// <summary>Pods for each release by service, where it is not the topology's number.</summary>
    public required IReadOnlyDictionary<string, int> Replicas { get; init; }

    /// <summary>Whether a HorizontalPodAutoscaler owns the number of pods. It needs the metrics server.</summary>
    public required bool Autoscale { get; init; }

    /// <summary>The most pods that the autoscaler makes of one release.</summary>
    public required int MaxReplicas { get; init; }

    /// <summary>The share of its requested CPU, in percent, at which the autoscaler adds a pod.</summary>
    public required int CpuPercent { get; init; }

    /// <summary>The services whose name answers with the addresses of the pods instead of one virtual address.</summary>
    public required IReadOnlyList<string> Headless { get; init; }

    /// <summary>The number of pods of a release that it has, or at least has where the autoscaler owns the number.</summary>
    /// <param name="service">The service.</param>
    /// <param name="release">One of its releases.</param>
    public int ReplicasOf(BookService service, Release release)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(release);
        return Replicas.TryGetValue(service.Name, out var replicas) ? replicas : release.Replicas;
    }

    internal static ScaleSettings Read(SettingsReader reader, ServiceTopology topology)
    {
        var names = topology.Services.Select(service => service.Name).ToList();
        var replicas = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (service, text) in reader.Map("scale:replicas"))
        {
            if (!int.TryParse(text, out var number) || number is < 1 or > 100)
            {
                reader.Wrong(
                    $"scale:replicas asks for {SettingsReader.Quoted(text)} pods of {service}: write a whole number from 1 to 100");
            }
            else if (Known("scale:replicas", service))
            {
                replicas[service] = number;
            }
        }

        var settings = new ScaleSettings
        {
            Replicas = replicas,
            Autoscale = reader.Flag("scale:auto", true),
            MaxReplicas = reader.Whole("scale:maxReplicas", 3, 1, 1000),
            CpuPercent = reader.Whole("scale:cpuPercent", 70, 1, 1000),
            Headless = [.. reader.List("scale:headless").Where(service => Known("scale:headless", service))],
        };
        foreach (var (service, number) in replicas.Where(pair => settings.Autoscale && pair.Value > settings.MaxReplicas))
        {
            reader.Wrong(
                $"scale:replicas asks for {number} pods of {service}, more than scale:maxReplicas, which is {settings.MaxReplicas}");
        }

        return settings;

        bool Known(string key, string service)
        {
            if (names.Contains(service))
            {
                return true;
            }

            reader.Wrong(
                $"{key} names {service}, which is not a service: there "
                    + $"are {string.Join(", ", names)}{SettingsReader.Meant(service, names)}");
            return false;
        }
    }
}
