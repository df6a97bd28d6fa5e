using System.Text.Json;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd.Support;

/// <summary>
/// The first answers of a fresh process wait for the JIT compiler, and on a busy machine longer than the services' own timeouts of 2.5 s
/// and 3 s. What a test looks at afterwards is then what the rules do.
/// </summary>
internal static class WarmUp
{
    /// <summary>Asks every pod of reviews, past the gateway, and then for the page, until each answer is whole.</summary>
    public static async Task RunAsync(Uri gateway, HttpClient console)
    {
        using var topology = JsonDocument.Parse(await console.GetStringAsync("/api/topology"));
        var reviews = topology.RootElement.GetProperty("services").EnumerateArray()
            .Single(service => service.GetProperty("name").GetString() == "reviews");
        var pods = reviews.GetProperty("releases").EnumerateArray().SelectMany(release => release.GetProperty("pods").EnumerateArray());
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var pod in pods.Select(pod => pod.GetProperty("address").GetString()))
        {
            await WholeAsync(reader, new Uri($"http://{pod}/reviews/0"), "unavailable");
        }

        await WholeAsync(reader, new Uri(gateway, "/productpage"), "Error fetching");
    }

    private static Task WholeAsync(HttpClient reader, Uri url, string sign) => Eventually.HoldsAsync(
        async () => !(await reader.GetStringAsync(url)).Contains(sign, StringComparison.Ordinal), $"{url} without \"{sign}\"");
}
