using System.Net;
using Bookinfo.Tests.EndToEnd.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The mesh and every service as processes of their own, put together by settings only, as the Aspire host does.</summary>
public sealed class MeshAloneTests : IAsyncDisposable
{
    private readonly List<ChildProcess> _processes = [];
    private readonly Dictionary<string, string?> _mesh = [];
    private readonly int _gateway = FreePort.Next();
    private readonly int _console = FreePort.Next();
    private int _pods;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task Mesh_ServicesInOtherProcesses_ServesThePageByTheRules()
    {
        var starts = new[]
        {
            Plan("productpage", "ProductPage", "v1"), Plan("details", "Details", "v1"),
            Plan("reviews", "Reviews", "v3", ("STAR_COLOR", "red"), ("ENABLE_RATINGS", "true")),
            Plan("ratings", "Ratings", "v1"),
        };
        await StartMeshAsync("reviews-v3.yaml");
        using var reader = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_gateway}") };

        // Before any pod is up the mesh is, and says what Envoy would.
        using (var early = await reader.GetAsync("/productpage"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        }

        _processes.AddRange(starts.Select(start => start()));
        Assert.Contains("data-color=\"red\"", await PageAsync(reader, "data-color"), StringComparison.Ordinal);

        using var console = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_console}") };
        var traffic = await console.GetStringAsync("/api/traffic");
        Assert.Contains("\"caller\":\"reviews-v3\",\"destination\":\"ratings\"", traffic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mesh_Sigterm_EndsCleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM");
        Plan("productpage", "ProductPage", "v1");
        var mesh = await StartMeshAsync("all-v1.yaml");

        Assert.Equal(0, await mesh.TerminateAsync());
    }

    /// <summary>Tells the mesh of a pod; what it returns starts it.</summary>
    private Func<ChildProcess> Plan(string service, string project, string version, params (string Name, string Value)[] settings)
    {
        var (address, outbound) = ($"127.0.0.1:{FreePort.Next()}", $"127.0.0.1:{FreePort.Next()}");
        var pod = $"MESH__PODS__{_pods++}__";
        _mesh[$"{pod}NAME"] = $"{service}-{version}-abc";
        _mesh[$"{pod}SERVICE"] = service;
        _mesh[$"{pod}VERSION"] = version;
        _mesh[$"{pod}ADDRESS"] = address;
        _mesh[$"{pod}OUTBOUND"] = outbound;
        var environment = new Dictionary<string, string?>
        {
            ["SERVICE_VERSION"] = version,
            ["HOSTNAME"] = $"{service}-{version}-abc",
            ["ASPNETCORE_URLS"] = $"http://{address}",
            ["MESH_OUTBOUND"] = outbound,
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return () => ChildProcess.StartDotnet($"Bookinfo.{project}", [], environment);
    }

    private async Task<ChildProcess> StartMeshAsync(string rules)
    {
        _mesh["MESH__GATEWAY"] = $"127.0.0.1:{_gateway}";
        _mesh["MESH__CONSOLE"] = $"http://127.0.0.1:{_console}";
        _mesh["MESH__RULES__0"] = RunningLab.RuleFile(rules);
        var mesh = ChildProcess.StartDotnet("bookinfo", ["mesh"], _mesh);
        _processes.Add(mesh);
        await mesh.SaysAsync("The mesh is up");
        return mesh;
    }

    /// <summary>Asks for the page until it is whole: the pods start one after the other.</summary>
    private static async Task<string> PageAsync(HttpClient reader, string whole)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await reader.GetAsync("/productpage", timeout.Token);
            var page = await answer.Content.ReadAsStringAsync(timeout.Token);
            if (answer.IsSuccessStatusCode && page.Contains(whole, StringComparison.Ordinal))
            {
                return page;
            }

            await Task.Delay(50, timeout.Token);
        }
    }
}
