using System.Net;
using Bookinfo.Benchmarks.Load;
using Bookinfo.Benchmarks.Processes;
using Bookinfo.Benchmarks.Reporting;
using Bookinfo.Benchmarks.Servers;
using Bookinfo.Tests.Support;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>
/// One proxy hop before the same upstream, by the mesh and by others, in turns within one run: short requests, bodies, gRPC.
/// </summary>
internal static class HopSuite
{
    private const int Rounds = 7;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        await RunHttpAsync();
        await RunGrpcAsync();
    }

    private static async Task RunHttpAsync()
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
            await AddAsync(hops, "the floor: a Kestrel endpoint with a plain socket", address => Self(address, "floor", upstream));
            await MeasureAsync("One hop", hops, 20_000, hop => new HttpLoad(hop.Address, "upstream:9080", "/"));

            // The floor sends the same short request whatever comes.
            await MeasureAsync($"One hop, {BareEndpoint.BodyBytes / 1024} KiB each way", hops[..^1], 4_000,
                hop => new HttpLoad(hop.Address, "upstream:9080", "/", BodyBytes: BareEndpoint.BodyBytes));
        }
        finally
        {
            await EndAsync(hops);
        }
    }

    private static async Task RunGrpcAsync()
    {
        var upstream = FreePort.NextEndPoint();
        await using var endpoint =
            await ServerProcess.StartDotnetAsync("Benchmarks.dll", upstream, ["serve", "grpc-endpoint", upstream.ToString()]);
        var hops = new List<Hop>();
        try
        {
            await AddAsync(hops, "bare YARP forwarder", address => Self(address, "grpc-yarp", upstream));
            await AddAsync(hops, "mesh, one rule", address => Self(address, "mesh", upstream, "0", "grpc"));
            await MeasureAsync("One hop, gRPC", hops, 10_000, hop => new GrpcLoad(hop.Address, "upstream:9080"));
        }
        finally
        {
            await EndAsync(hops);
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

    private static async Task EndAsync(List<Hop> hops)
    {
        foreach (var hop in hops)
        {
            await hop.Process.DisposeAsync();
        }
    }

    /// <summary>Measures in turns, after two rounds that do not count: a process optimizes its code while it runs.</summary>
    private static async Task MeasureAsync(string title, List<Hop> hops, int requests, Func<Hop, ILoad> load)
    {
        var measured = hops.Select(hop => (Hop: hop, Load: load(hop), Rounds: new List<Round>())).ToList();
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var (hop, sent, rounds) in measured)
            {
                var result = await Measurement.RunAsync(hop.Process, sent, requests);
                if (round >= 0)
                {
                    rounds.Add(result);
                }
            }
        }

        var bare = measured[0].Rounds;
        Report.Print(
            title,
            ["", "requests/s", "CPU us", "x bare YARP", "MiB"],
            measured.Select(each => (each.Hop, each.Rounds, Median: Measurement.Median(each.Rounds))).Select(each =>
                (IReadOnlyList<string>)
                [
                    each.Hop.Name,
                    Report.Figure(each.Median.RequestsPerSecond),
                    Report.Figure(each.Median.CpuMicroseconds, 1),
                    Report.Figure(Measurement.Ratio(each.Rounds, bare), 2),
                    Report.Figure(each.Hop.Process.ResidentMebibytes),
                ]),
            $"Median of {Rounds} rounds of {requests} requests each, taken in turns. CPU is the proxy process's own; \"x bare YARP\" "
            + "compares the rounds of one turn.");
    }

    private sealed record Hop(string Name, IPEndPoint Address, ServerProcess Process);
}
