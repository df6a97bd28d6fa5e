using Bookinfo.Benchmarks.Load;
using Bookinfo.Benchmarks.Reporting;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>
/// A page through everything: gateway, productpage, and through the mesh details, reviews and ratings. All of it is one process, so its CPU
/// time is the whole chain's.
/// </summary>
internal static class PageSuite
{
    private const int Pages = 5_000;
    private const int Rounds = 5;

    // The originals' chain, measured in 2026: productpage with eight workers, details, reviews, ratings, without any proxy.
    private const string OriginalChain = "8,600 to 10,400";

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        await using var lab = await LabProcess.StartAsync();
        await lab.Process.WaitUntilItListensAsync(lab.Console);
        var rows = new List<IReadOnlyList<string>> { new[] { "the originals, without a proxy", "120 to 190", OriginalChain, "456" } };
        using var client = new HttpClient();
        foreach (var (name, release) in new[] { ("reviews v1, three hops", "v1"), ("reviews v3, four hops", "v3") })
        {
            await RulesSuite.PutAsync(client, lab, Route(release));
            var load = new HttpLoad(lab.Gateway, "localhost", "/productpage", Connections: 8);
            await load.SendAsync(Pages);
            var rounds = new List<Round>();
            for (var round = 0; round < Rounds; round++)
            {
                rounds.Add(await Measurement.RunAsync(lab.Process, load, Pages));
            }

            var median = Measurement.Median(rounds);
            rows.Add([name, Report.Figure(median.RequestsPerSecond), Report.Figure(median.CpuMicroseconds),
                Report.Figure(lab.Process.ResidentMebibytes)]);
        }

        Report.Print("A page through gateway and mesh", ["", "pages/s", "CPU us", "MiB"], rows,
            $"Median of {Rounds} rounds of {Pages} pages on 8 connections, after a round that does not count.");
    }

    private static string Route(string release) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: reviews }
        spec:
          hosts: [reviews]
          http:
          - route:
            - destination: { host: reviews, subset: {{release}} }
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: ratings }
        spec:
          hosts: [ratings]
          http:
          - route:
            - destination: { host: ratings, subset: v1 }
        """;
}
