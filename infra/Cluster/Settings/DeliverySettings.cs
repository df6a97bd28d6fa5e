using System.Globalization;
using Bookinfo.Topology;

namespace Bookinfo.Cluster.Settings;

/// <summary>The services whose releases Argo Rollouts shifts, step by step and by measured success.</summary>
public sealed record DeliverySettings
{
    /// <summary>By service: the release that it shall end at. Changing it and <c>pulumi up</c> starts a canary.</summary>
    public required IReadOnlyDictionary<string, Release> Targets { get; init; }

    /// <summary>The canary's weights in percent, rising; 100 follows the last by itself.</summary>
    public required IReadOnlyList<int> Steps { get; init; }

    /// <summary>How long each step lasts.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>The least share of answers without a server error, in percent; below it the canary is taken back.</summary>
    public required int SuccessPercent { get; init; }

    /// <summary>Where Prometheus answers.</summary>
    public required string Prometheus { get; init; }

    /// <summary>The namespace of the Prometheus that scrapes the sidecars.</summary>
    public required string PrometheusNamespace { get; init; }

    /// <summary>Whether Argo Rollouts owns the pods and the weights of that service.</summary>
    /// <param name="service">The name of a service.</param>
    public bool Owns(string service) => Targets.ContainsKey(service);

    private static readonly string[] Own = ["steps", "pause", "successPercent", "prometheus", "prometheusNamespace"];

    /// <summary>Reads <c>delivery:SERVICE</c>, for example <c>delivery:reviews v3</c>, and how it goes.</summary>
    internal static DeliverySettings Read(SettingsReader reader, ServiceTopology deployed)
    {
        var targets = new Dictionary<string, Release>(StringComparer.Ordinal);
        foreach (var name in reader.NamesIn("delivery").Except(Own).ToList())
        {
            var key = $"delivery:{name}";
            var version = reader.Text(key);
            var service = deployed.Services.FirstOrDefault(service => service.Name == name);
            var release = service?.Releases.FirstOrDefault(release => release.Version == version);
            if (service is null)
            {
                var names = deployed.Services.Select(service => service.Name).Concat(Own).ToList();
                reader.Wrong(
                    $"{key} names no deployed service: there are "
                    + $"{string.Join(", ", deployed.Services.Select(service => service.Name))}{SettingsReader.Meant(name, names)}");
            }
            else if (release is null)
            {
                reader.Wrong(
                    $"{key} is {SettingsReader.Quoted(version ?? "")}, which is not a deployed release of {name}: there are "
                    + $"{string.Join(", ", service.Releases.Select(release => release.Version))}");
            }
            else
            {
                targets[name] = release;
            }
        }

        return new DeliverySettings
        {
            Targets = targets,
            Steps = ReadSteps(reader),
            Pause = reader.Duration("delivery:pause", TimeSpan.FromMinutes(1)),
            SuccessPercent = reader.Whole("delivery:successPercent", 95, 1, 100),
            Prometheus = reader.Matching(
                "delivery:prometheus", "http://prometheus.istio-system:9090", Syntax.IsServerUrl,
                    "write the URL of a Prometheus, such as http://prometheus.monitoring:9090"),
            PrometheusNamespace = reader.Namespace("delivery:prometheusNamespace", "istio-system"),
        };
    }

    private static List<int> ReadSteps(SettingsReader reader)
    {
        if (!reader.Has("delivery:steps"))
        {
            return [10, 25, 50];
        }

        List<int> steps = [];
        foreach (var text in reader.List("delivery:steps"))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step is > 0 and < 100
                && step > steps.LastOrDefault())
            {
                steps.Add(step);
            }
            else
            {
                reader.Wrong(
                    $"delivery:steps has {SettingsReader.Quoted(text)}: write rising whole numbers from 1 to 99, such as 10,25,50");
            }
        }

        return steps;
    }
}
