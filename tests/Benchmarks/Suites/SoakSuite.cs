using Bookinfo.Benchmarks.Load;
using Bookinfo.Benchmarks.Processes;
using Bookinfo.Benchmarks.Reporting;
using Bookinfo.Tests.Support;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>
/// A million requests over one mesh hop, in ten parts: memory and CPU must not climb from part to part. It ends by itself after some
/// minutes.
/// </summary>
internal static class SoakSuite
{
    private const int Parts = 10;
    private const int RequestsPerPart = 100_000;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        var (upstream, outbound) = (FreePort.NextEndPoint(), FreePort.NextEndPoint());
        await using var endpoint =
            await ServerProcess.StartDotnetAsync("Benchmarks.dll", upstream, ["serve", "endpoint", upstream.ToString()]);
        await using var mesh = await ServerProcess.StartDotnetAsync("Benchmarks.dll", outbound,
            ["serve", "mesh", outbound.ToString(), upstream.ToString(), "0"]);
        var load = new HttpLoad(outbound, "upstream:9080", "/", Connections: 32);
        var rows = new List<IReadOnlyList<string>>();
        for (var part = 1; part <= Parts; part++)
        {
            var round = await Measurement.RunAsync(mesh, load, RequestsPerPart);
            rows.Add([$"{part * RequestsPerPart / 1000},000 requests", Report.Figure(mesh.ResidentMebibytes),
                Report.Figure(round.CpuMicroseconds, 1), Report.Figure(OpenFiles(mesh))]);
        }

        Report.Print("A soak of a million requests", ["after", "MiB", "CPU us", "open files"], rows);
    }

    private static double OpenFiles(ServerProcess process) =>
        Directory.Exists(process.OpenFiles) ? Directory.GetFileSystemEntries(process.OpenFiles).Length : double.NaN;
}
