using System.Net;
using Bookinfo.Benchmarks.Load;
using Bookinfo.Benchmarks.Processes;
using Bookinfo.Benchmarks.Reporting;
using Bookinfo.Tests.Support;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>
/// Each service as a process of its own beside the least that ASP.NET Core does, and beside what the original services needed relative to
/// that (measured on the originals of istio/istio, samples/bookinfo/src, in 2026).
/// </summary>
internal static class ServicesSuite
{
    private const int Requests = 40_000;
    private const int Rounds = 7;

    private static readonly Subject[] Subjects =
    [
        new("bare endpoint", "/", null, null, "1"),
        new("ratings v1", "/ratings/0", "Bookinfo.Ratings.dll", "v1", "3.1"),
        new("ratings v2, SQLite", "/ratings/0", "Bookinfo.Ratings.dll", "v2", "-"),
        new("details v1", "/details/0", "Bookinfo.Details.dll", "v1", "17"),
        new("reviews v1", "/reviews/0", "Bookinfo.Reviews.dll", "v1", "-"),
    ];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        var running = new List<Running>();
        try
        {
            foreach (var subject in Subjects)
            {
                var address = FreePort.NextEndPoint();
                running.Add(new Running(subject, await StartAsync(subject, address), new HttpLoad(address, "localhost", subject.Path), []));
            }

            await MeasureInTurnsAsync(running);
            Print(running);
        }
        finally
        {
            foreach (var one in running)
            {
                await one.Process.DisposeAsync();
            }
        }
    }

    // In turns, so that what the machine does meanwhile falls on all of them. Two rounds first: a process optimizes its code while it runs.
    private static async Task MeasureInTurnsAsync(List<Running> running)
    {
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var one in running)
            {
                var measured = await Measurement.RunAsync(one.Process, one.Load, Requests);
                if (round >= 0)
                {
                    one.Rounds.Add(measured);
                }
            }
        }
    }

    private static void Print(List<Running> running)
    {
        var bare = Measurement.Median(running[0].Rounds);
        Report.Print(
            "A service, one request",
            ["", "requests/s", "of bare", "CPU us", "x bare", "the original, x bare", "MiB"],
            running.Select(one => (one.Subject, Round: Measurement.Median(one.Rounds),
                    Ratio: Measurement.Ratio(one.Rounds, running[0].Rounds),
                    one.Process.ResidentMebibytes))
                .Select(m => (IReadOnlyList<string>)
                [
                    m.Subject.Name,
                    Report.Figure(m.Round.RequestsPerSecond),
                    Report.Figure(m.Round.RequestsPerSecond / bare.RequestsPerSecond, 2),
                    Report.Figure(m.Round.CpuMicroseconds, 1),
                    Report.Figure(m.Ratio, 2),
                    m.Subject.Original,
                    Report.Figure(m.ResidentMebibytes),
                ]),
            $"Median of {Rounds} rounds of {Requests} requests on 16 connections, in turns, after two that do not count. "
            + "CPU is the server process's own; \"x bare\" compares the rounds of one turn.");
    }

    private static Task<ServerProcess> StartAsync(Subject subject, IPEndPoint address) => subject.Assembly is null
        ? ServerProcess.StartDotnetAsync("Benchmarks.dll", address, ["serve", "endpoint", address.ToString()])
        : ServerProcess.StartDotnetAsync(subject.Assembly, address, [], new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = $"http://{address}",
            ["SERVICE_VERSION"] = subject.Version!,
            ["ENABLE_RATINGS"] = "false",
        });

    private sealed record Subject(string Name, string Path, string? Assembly, string? Version, string Original);

    private sealed record Running(Subject Subject, ServerProcess Process, HttpLoad Load, List<Round> Rounds);
}
