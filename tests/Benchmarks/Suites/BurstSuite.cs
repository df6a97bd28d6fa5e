using Bookinfo.Benchmarks.Load;
using Bookinfo.Benchmarks.Reporting;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>
/// Two thousand connections to the Lab's gateway at once, with one page each, and the memory that the Lab has afterwards.
/// </summary>
internal static class BurstSuite
{
    private const int Connections = 2_000;
    private const int Bursts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        await using var lab = await LabProcess.StartAsync();
        await lab.Process.WaitUntilItListensAsync(lab.Console);
        var load = new HttpLoad(lab.Gateway, "localhost", "/productpage", Connections);
        var rows = new List<IReadOnlyList<string>> { new[] { "before", "", Report.Figure(lab.Process.ResidentMebibytes), "" } };
        for (var burst = 1; burst <= Bursts; burst++)
        {
            var failures = await load.SendAsync(Connections);
            var during = lab.Process.ResidentMebibytes;
            await Task.Delay(Pause);
            rows.Add([$"burst {burst} of {Bursts}", failures.ToString(), Report.Figure(during),
                Report.Figure(lab.Process.ResidentMebibytes)]);
        }

        Report.Print("Two thousand connections at once, one page each",
            ["", "failures", "MiB at the end", "MiB a minute later"], rows);
    }
}
