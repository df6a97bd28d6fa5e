using System.Diagnostics;
using Bookinfo.Benchmarks.Reporting;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>From starting the Lab's process to its first page, and the CPU time and memory it has taken then.</summary>
internal static class StartSuite
{
    private const int Starts = 10;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        var rows = new List<(double Milliseconds, double Cpu, double Memory)>();
        for (var start = 0; start < Starts; start++)
        {
            rows.Add(await MeasureAsync());
        }

        Report.Print(
            "The Lab's start",
            ["", "ms to the first page", "ms of CPU", "MiB then"],
            rows.Order().Select((row, i) =>
                (IReadOnlyList<string>)
                [
                    $"start {i + 1} of {Starts}, by time", Report.Figure(row.Milliseconds), Report.Figure(row.Cpu),
                        Report.Figure(row.Memory),
                ]),
            "From the start of the process to the last byte of the first page. On a busy machine the CPU time says more.");
    }

    private static async Task<(double Milliseconds, double Cpu, double Memory)> MeasureAsync()
    {
        var clock = Stopwatch.StartNew();
        await using var lab = await LabProcess.StartAsync();
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri($"http://{lab.Gateway}/productpage"));
        return (clock.Elapsed.TotalMilliseconds, lab.Process.CpuTime.TotalMilliseconds, lab.Process.ResidentMebibytes);
    }
}
