using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>What pods are told: the settings that a Deployment would give them as environment variables.</summary>
/// <param name="dataFolder">Where they may keep databases.</param>
/// <param name="common">Settings of every pod, by name.</param>
internal sealed class PodSettings(string dataFolder, IReadOnlyDictionary<string, string> common)
{
    private readonly ConcurrentDictionary<(string Service, string Setting), string> _secrets = new();

    /// <summary>The settings of a pod.</summary>
    /// <param name="labPod">The pod.</param>
    public Dictionary<string, string?> Of(LabPod labPod)
    {
        var (planned, pod) = labPod;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["SERVICE_VERSION"] = planned.Release.Version,
            ["HOSTNAME"] = pod.Name,
            ["urls"] = $"http://{pod.Address}",
            ["FAULT_SWITCH"] = "true",
            ["SHUTDOWN_SECONDS"] = "2",
        };
        if (pod.Outbound is not null)
        {
            settings["MESH_OUTBOUND"] = pod.Outbound.ToString();
        }

        if (planned.Release.NeedsDatabase)
        {
            settings["RATINGS_DATABASE_FILE"] = Path.Combine(dataFolder, $"{pod.Workload.Name}.db");
        }

        foreach (var secret in planned.Service.SharedSecrets)
        {
            settings[secret] = _secrets.GetOrAdd((planned.Service.Name, secret),
                _ => Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        }

        foreach (var (name, value) in common.Concat(planned.Release.Settings))
        {
            settings[name] = value;
        }

        return settings;
    }
}
