using System.Diagnostics;
using System.Text;
using Bookinfo.Benchmarks.Reporting;
using Bookinfo.Benchmarks.Servers;
using Bookinfo.Mesh.Istio;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>How long it takes from sending rules to having them in force, and where the time goes with a thousand of them.</summary>
internal static class RulesSuite
{
    private const int Puts = 21;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        await using var lab = await LabProcess.StartAsync();
        await lab.Process.WaitUntilItListensAsync(lab.Console);
        using var client = new HttpClient();
        var small = await MedianAsync(() => PutAsync(client, lab, MeshHop.OtherRules(1)));
        var large = MeshHop.OtherRules(1_000);
        var read = await MedianAsync(() => Task.FromResult(RuleReader.Read(new RuleSource("benchmark", large))));
        var put = await MedianAsync(() => PutAsync(client, lab, large));
        Report.Print(
            "Rules into force",
            ["", "ms"],
            [
                ["PUT of 1 VirtualService of 10 routes, until its 204", Report.Figure(small, 1)],
                [$"reading 1,000 of them ({large.Length / 1024} KiB)", Report.Figure(read, 1)],
                ["PUT of 1,000 of them, until its 204", Report.Figure(put, 1)],
            ],
            $"Median of {Puts}.");
    }

    /// <summary>Puts rules into force by the Lab's API.</summary>
    /// <exception cref="HttpRequestException">They were refused.</exception>
    public static async Task PutAsync(HttpClient client, LabProcess lab, string yaml)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await client.PutAsync(new Uri($"http://{lab.Console}/api/rules"), content);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<double> MedianAsync(Func<Task> action)
    {
        await action();
        var times = new List<double>();
        for (var i = 0; i < Puts; i++)
        {
            var clock = Stopwatch.StartNew();
            await action();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(Puts / 2);
    }
}
