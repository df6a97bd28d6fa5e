using System.Net;
using Bookinfo.Benchmarks.Load;
using Bookinfo.Benchmarks.Processes;
using Bookinfo.Benchmarks.Reporting;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>
/// Each service as a process of its own beside the least that ASP.NET Core does, and beside what the original services needed relative to
/// that (measured on the originals of istio/istio, samples/bookinfo/src, in 2026).
/// </summary>
internal static class ServicesSuite
{
    private const int Requests = 40_000;
    private const int Rounds = 5;

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
        var measured = new List<(Subject Subject, Round Round, double Memory)>();
        foreach (var subject in Subjects)
        {
            measured.Add(await MeasureAsync(subject));
        }

        var bare = measured[0].Round;
        Report.Print(
            "A service, one request",
            ["", "requests/s", "of bare", "CPU us", "x bare", "the original, x bare", "MiB"],
            measured.Select(m => (IReadOnlyList<string>)
            [
                m.Subject.Name,
                Report.Figure(m.Round.RequestsPerSecond),
                Report.Figure(m.Round.RequestsPerSecond / bare.RequestsPerSecond, 2),
                Report.Figure(m.Round.CpuMicroseconds, 1),
                Report.Figure(m.Round.CpuMicroseconds / bare.CpuMicroseconds, 2),
                m.Subject.Original,
                Report.Figure(m.Memory),
            ]),
            $"Median of {Rounds} rounds of {Requests} requests on 16 connections, after a round that does not count. CPU is the server process's own.");
    }

    private static async Task<(Subject Subject, Round Round, double Memory)> MeasureAsync(Subject subject)
    {
        var address = Ports.Free();
        await using var server = await StartAsync(subject, address);
        var load = new HttpLoad(address, "localhost", subject.Path);
        await load.SendAsync(Requests);
        var rounds = new List<Round>();
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(await Measurement.RunAsync(server, load, Requests));
        }

        return (subject, Measurement.Median(rounds), server.ResidentMebibytes);
    }

    private static Task<ServerProcess> StartAsync(Subject subject, IPEndPoint address) => subject.Assembly is null
        ? ServerProcess.StartDotnetAsync("Benchmarks.dll", address, ["serve", "endpoint", address.ToString()])
        : ServerProcess.StartDotnetAsync(subject.Assembly, address, [], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://{address}",
            ["SERVICE_VERSION"] = subject.Version!,
            ["ENABLE_RATINGS"] = "false",
        });

    private sealed record Subject(string Name, string Path, string? Assembly, string? Version, string Original);
}
