using System.Net;
using Bookinfo.Benchmarks.Load;
using Bookinfo.Benchmarks.Processes;
using Bookinfo.Benchmarks.Reporting;
using Bookinfo.Tests.Support;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>One proxy hop before the same upstream, by the mesh and by others, in turns within one run.</summary>
internal static class HopSuite
{
    private const int Requests = 20_000;
    private const int Rounds = 7;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        var upstream = FreePort.NextEndPoint();
        await using var endpoint =
            await ServerProcess.StartDotnetAsync("Benchmarks.dll", upstream, ["serve", "endpoint", upstream.ToString()]);
        var hops = new List<Hop>();
        try
        {
            await AddAsync(hops, "bare YARP forwarder", address => Self(address, "yarp", upstream));
            await AddAsync(hops, "mesh, one rule", address => Self(address, "mesh", upstream, "0"));
            await AddAsync(hops, "mesh, 1,000 VirtualServices of 10 routes beside it", address => Self(address, "mesh", upstream, "1000"));
            await AddIfFoundAsync(hops, "nginx", upstream, NativeProxies.StartNginxAsync);
            await AddIfFoundAsync(hops, "haproxy", upstream, NativeProxies.StartHaproxyAsync);
            await MeasureInTurnsAsync(hops);
            Print(hops);
        }
        finally
        {
            foreach (var hop in hops)
            {
                await hop.Process.DisposeAsync();
            }
        }
    }

    private static Task<ServerProcess> Self(IPEndPoint address, string server, IPEndPoint upstream, params string[] more) =>
        ServerProcess.StartDotnetAsync("Benchmarks.dll", address, ["serve", server, address.ToString(), upstream.ToString(), .. more]);

    private static async Task AddAsync(List<Hop> hops, string name, Func<IPEndPoint, Task<ServerProcess>> start)
    {
        var address = FreePort.NextEndPoint();
        hops.Add(new Hop(name, address, await start(address)));
    }

    private static async Task AddIfFoundAsync(
        List<Hop> hops, string name, IPEndPoint upstream, Func<IPEndPoint, IPEndPoint, Task<ServerProcess?>> start)
    {
        var address = FreePort.NextEndPoint();
        if (await start(address, upstream) is { } process)
        {
            hops.Add(new Hop(name, address, process));
        }
        else
        {
            Console.WriteLine($"{name} is not on this machine: left out");
        }
    }

    private static async Task MeasureInTurnsAsync(List<Hop> hops)
    {
        foreach (var hop in hops)
        {
            await hop.Load.SendAsync(2 * Requests);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var hop in hops)
            {
                hop.Rounds.Add(await Measurement.RunAsync(hop.Process, hop.Load, Requests));
            }
        }
    }

    private static void Print(List<Hop> hops)
    {
        var bare = Measurement.Median(hops[0].Rounds);
        Report.Print(
            "One hop",
            ["", "requests/s", "CPU us", "x bare YARP", "MiB"],
            hops.Select(hop => (hop, round: Measurement.Median(hop.Rounds))).Select(x => (IReadOnlyList<string>)
            [
                x.hop.Name,
                Report.Figure(x.round.RequestsPerSecond),
                Report.Figure(x.round.CpuMicroseconds, 1),
                Report.Figure(x.round.CpuMicroseconds / bare.CpuMicroseconds, 2),
                Report.Figure(x.hop.Process.ResidentMebibytes),
            ]),
            $"Median of {Rounds} rounds of {Requests} requests each, taken in turns. CPU is the proxy process's own.");
    }

    private sealed record Hop(string Name, IPEndPoint Address, ServerProcess Process)
    {
        public HttpLoad Load { get; } = new(Address, "upstream:9080", "/");

        public List<Round> Rounds { get; } = [];
    }
}
