using System.Net;
using System.Net.Sockets;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>Pods as processes that die and stop while they are asked: no error reaches a caller that a retry could have saved.</summary>
public sealed class PodSignalTests
{
    private const int Callers = 8;
    private const int RequestsPerCaller = 60;

    private const string Rules = """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: ratings}
        spec:
          host: ratings
          trafficPolicy:
            loadBalancer: {simple: ROUND_ROBIN}
            outlierDetection: {consecutive5xxErrors: 1, baseEjectionTime: 600s, maxEjectionPercent: 100}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: ratings}
        spec:
          hosts: [ratings]
          http:
          - route: [{destination: {host: ratings} }]
            retries: {attempts: 4, perTryTimeout: 3s, retryOn: "5xx"}
        """;

    [Fact]
    public async Task Pods_OneKilledAndOneStopped_EveryCallerIsAnswered()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGSTOP");
        var folder = Directory.CreateTempSubdirectory("bookinfo-signals-");
        var outbound = FreePort.NextEndPoint();
        var settings = new Dictionary<string, string?>
        {
            ["MESH__RULES__0"] = Path.Combine(folder.FullName, "rules.yaml"),
            ["MESH__CONSOLE"] = $"http://{FreePort.NextEndPoint()}",
            ["MESH__GATEWAY"] = $"{FreePort.NextEndPoint()}",
        };
        await File.WriteAllTextAsync(settings["MESH__RULES__0"]!, Rules);
        AddPod(settings, 0, "productpage", FreePort.NextEndPoint(), outbound);
        var addresses = Enumerable.Range(0, 3).Select(_ => FreePort.NextEndPoint()).ToList();
        for (var i = 0; i < addresses.Count; i++)
        {
            AddPod(settings, i + 1, "ratings", addresses[i], FreePort.NextEndPoint());
        }

        var pods = addresses.Select(StartRatings).ToList();
        try
        {
            await using var mesh = ChildProcess.StartDotnet("bookinfo", ["mesh"], settings);
            await mesh.SaysAsync("The mesh is up");
            foreach (var address in addresses)
            {
                await Eventually.HoldsAsync(() => Accepts(address), $"listening on {address}", TimeSpan.FromSeconds(60));
            }

            await AskWhileTheyGoAsync(outbound, pods);
        }
        finally
        {
            pods[1].Signal("CONT");
            foreach (var pod in pods)
            {
                await pod.DisposeAsync();
            }

            folder.Delete(recursive: true);
        }
    }

    private static async Task AskWhileTheyGoAsync(IPEndPoint outbound, List<ChildProcess> pods)
    {
        using var client = new HttpClient();
        var answered = 0;
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < RequestsPerCaller; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{outbound}/ratings/0");
                request.Headers.Host = "ratings:9080";
                using var answer = await client.SendAsync(request);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Interlocked.Increment(ref answered);
            }
        })).ToList();
        await AfterAsync(Callers * RequestsPerCaller / 3);
        pods[0].Kill();
        await AfterAsync(Callers * RequestsPerCaller * 2 / 3);
        pods[1].Signal("STOP");
        await Task.WhenAll(callers);

        Assert.Equal(Callers * RequestsPerCaller, answered);

        Task AfterAsync(int count) => Eventually.HoldsAsync(
            () => Volatile.Read(ref answered) >= count || callers.Exists(caller => caller.IsFaulted), $"{count} answers",
            TimeSpan.FromSeconds(60));
    }

    private static void AddPod(Dictionary<string, string?> settings, int index, string service, IPEndPoint address, IPEndPoint outbound)
    {
        var pod = $"MESH__PODS__{index}__";
        settings[$"{pod}NAME"] = $"{service}-v1-{index}";
        settings[$"{pod}SERVICE"] = service;
        settings[$"{pod}VERSION"] = "v1";
        settings[$"{pod}ADDRESS"] = $"{address}";
        settings[$"{pod}OUTBOUND"] = $"{outbound}";
    }

    private static ChildProcess StartRatings(IPEndPoint address) => ChildProcess.StartDotnet("Bookinfo.Ratings", [],
        new Dictionary<string, string?> { ["SERVICE_VERSION"] = "v1", ["ASPNETCORE_URLS"] = $"http://{address}" });

    private static bool Accepts(IPEndPoint address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
