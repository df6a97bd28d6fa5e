using System.Globalization;
using Bookinfo.Topology;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.AppHost;

/// <summary>Which pods run: each release of the topology that is not optional, and those asked for by name.</summary>
internal static class PodPlan
{
    /// <summary>Plans the pods.</summary>
    /// <param name="system">The system.</param>
    /// <param name="configuration">
    /// <c>with</c> names optional releases that run all the same, separated by commas (<c>--with ratings-v-faulty</c>); <c>Replicas:reviews-v2</c> says how
    /// many pods a release has (<c>--Replicas:reviews-v2 3</c>), 0 to 20.
    /// </param>
    /// <exception cref="InvalidOperationException">There is no such release, or the number is none.</exception>
    public static IReadOnlyList<Pod> Make(ServiceTopology system, IConfiguration configuration)
    {
        var asked = (configuration["with"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        CheckNames(system, asked.Concat(configuration.GetSection("Replicas").GetChildren().Select(section => section.Key)));
        var pods = new List<Pod>();
        foreach (var service in system.Services)
        {
            foreach (var release in service.Releases)
            {
                var workload = service.WorkloadName(release);
                if (release.Optional && !asked.Contains(workload))
                {
                    continue;
                }

                var replicas = Replicas(configuration, workload, release.Replicas);
                for (var copy = 1; copy <= replicas; copy++)
                {
                    var name = copy == 1 ? workload : string.Create(CultureInfo.InvariantCulture, $"{workload}-{copy}");
                    pods.Add(new Pod(pods.Count, service, release, name));
                }
            }
        }

        return pods;
    }

    private static int Replicas(IConfiguration configuration, string workload, int otherwise)
    {
        var key = $"Replicas:{workload}";
        return configuration[key] is not { Length: > 0 } text
            ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 20 ? number
            : throw new InvalidOperationException($"{key} is '{text}'; it should be a number of pods from 0 to 20.");
    }

    private static void CheckNames(ServiceTopology system, IEnumerable<string> names)
    {
        var known = system.Services.SelectMany(service => service.Releases.Select(service.WorkloadName)).ToList();
        var unknown = names.FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null)
        {
            throw new InvalidOperationException($"There is no release '{unknown}'; there are {string.Join(", ", known)}.");
        }
    }
}
