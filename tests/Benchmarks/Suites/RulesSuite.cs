using System.Diagnostics;
using System.Text;
using Bookinfo.Benchmarks.Reporting;
using Bookinfo.Benchmarks.Servers;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>
/// How long it takes from sending rules to having them in force, and what one change costs among many. CPU is the Lab's, all that a change
/// brings about included.
/// </summary>
internal static class RulesSuite
{
    private const int Changes = 15;
    private const int WarmUps = 4;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        await using var lab = await LabProcess.StartAsync();
        await lab.Process.WaitUntilItListensAsync(lab.Console);
        using var client = new HttpClient();
        var rows = new List<IReadOnlyList<string>>();
        var (one, thousand, many) = (MeshHop.OtherRules(1), MeshHop.OtherRules(1_000), MeshHop.OtherRules(2_000));

        // By turns with other paths, so that each PATCH is a change.
        string[] changes = [MeshHop.OtherRule(500, "/path"), MeshHop.OtherRule(500, "/elsewhere")];
        await AddAsync("PUT of 1 VirtualService of 10 routes", _ => SendAsync(client, lab, HttpMethod.Put, one));
        await AddAsync($"PUT of 1,000 of them ({thousand.Length / 1024} KiB)", _ => SendAsync(client, lab, HttpMethod.Put, thousand));
        await AddAsync("PATCH of one of the 1,000", i => SendAsync(client, lab, HttpMethod.Patch, changes[i % 2]));
        await AddAsync($"PUT of 2,000 of them ({many.Length / 1024} KiB): 20,000 routes",
            _ => SendAsync(client, lab, HttpMethod.Put, many));
        await AddAsync("PATCH of one of the 2,000", i => SendAsync(client, lab, HttpMethod.Patch, changes[i % 2]));
        Report.Print("Rules into force, from the request to its 204", ["", "ms", "least ms", "CPU ms"], rows, $"Median of {Changes}.");

        async Task AddAsync(string what, Func<int, Task> change)
        {
            var (median, least, cpu) = await MeasureAsync(lab, change);
            rows.Add([what, Report.Figure(median, 1), Report.Figure(least, 1), Report.Figure(cpu, 1)]);
        }
    }

    /// <summary>Puts rules into force by the Lab's API.</summary>
    /// <exception cref="HttpRequestException">They were refused.</exception>
    public static Task PutAsync(HttpClient client, LabProcess lab, string yaml) => SendAsync(client, lab, HttpMethod.Put, yaml);

    private static async Task SendAsync(HttpClient client, LabProcess lab, HttpMethod method, string yaml)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{lab.Console}/api/rules"));
        request.Content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(double Median, double Least, double Cpu)> MeasureAsync(LabProcess lab, Func<int, Task> change)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await change(i);
        }

        var cpu = lab.Process.CpuTime;
        var times = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            var clock = Stopwatch.StartNew();
            await change(i);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return (times.Order().ElementAt(Changes / 2), times.Min(), (lab.Process.CpuTime - cpu).TotalMilliseconds / Changes);
    }
}
