using System.Net;
using System.Text;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.TrafficConsole;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.TrafficConsole;

/// <summary>A console over a mesh of one service, reviews v1 and v2, whose pods answer with their version.</summary>
public sealed class RunningConsole : IAsyncLifetime
{
    private const string Subsets = """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: reviews
        spec:
          host: reviews
          subsets:
          - name: v1
            labels: {version: v1}
          - name: v2
            labels: {version: v2}
        """;

    private StandIn _v1 = null!;
    private MeshServer _mesh = null!;
    private ConsoleServer _console = null!;

    /// <summary>The address it listens on; a test reaches it on loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>What it asks for; null for nothing.</summary>
    public string? Token => _console.Token;

    /// <summary>The pod of v2.</summary>
    public StandIn V2 { get; private set; } = null!;

    /// <summary>Talks to the console.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The rules with which it started: all to v1.</summary>
    public static string AllToV1 => Rule("v1");

    /// <summary>The one example that its page offers.</summary>
    public static string ExampleYaml => $"# Everybody sees v2.\n{Rule("v2")}";

    /// <summary>A rule that gives reviews to one release.</summary>
    public static string Rule(string subset) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: reviews
        spec:
          hosts: [reviews]
          http:
          - route:
            - destination: {host: reviews, subset: {{subset}}}
        """;

    public async ValueTask InitializeAsync()
    {
        _v1 = await StandIn.StartAsync(context => context.Response.Body.WriteAsync("v1"u8.ToArray()).AsTask());
        V2 = await StandIn.StartAsync(context => context.Response.Body.WriteAsync("v2"u8.ToArray()).AsTask());
        var known = new KnownServices("default", "cluster.local", ["reviews"]);
        var below = RuleReader.Read(new RuleSource("base.yaml", Subsets)).Rules;
        var start = PreparedRules.Replacing([new RuleSource("start.yaml", AllToV1)], below, known);
        _mesh = await MeshServer.StartAsync(
            new MeshOptions
            {
                Services = [new MeshService("reviews", 9080)],
                Pods =
                [
                    new Pod("reviews-v1-1", Workload.Of("reviews", "v1"), new IPEndPoint(IPAddress.Loopback, _v1.Port),
                        new IPEndPoint(IPAddress.Loopback, 0)),
                    new Pod("reviews-v2-1", Workload.Of("reviews", "v2"), new IPEndPoint(IPAddress.Loopback, V2.Port)),
                ],
                KeptRequests = 3,
            },
            start.Rules);
        _console = await ConsoleServer.StartAsync(
            new ConsoleOptions
            {
                Address = new IPEndPoint(Address, 0),
                Mesh = _mesh,
                Rules = new RuleStore(_mesh, known, below, start),
                Services = [new ServiceDescription("reviews", 9080, "http", "what readers wrote", [],
                    [new("v1", "no stars"), new("v2", "black stars"), new("v3", "red stars")])],
                AllowedHosts = ["console.example"],
                Examples = [ExampleRules.From(new RuleSource("to-v2.yaml", ExampleYaml))],
            },
            TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_console.Address.Port}") };
    }

    /// <summary>Sends a request with a body in the console's own words.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/yaml");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request);
    }

    /// <summary>Asks reviews through the mesh, as its own first pod would; the answer is the version's name or the mesh's error.</summary>
    public async Task<string> AskReviewsAsync()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{_mesh.OutboundOf(_mesh.Pods[0])}/")
        {
            Headers = { Host = "reviews:9080" },
        };
        var before = Counted();
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        // The mesh counts a request when it is over, which may be after its caller has the answer.
        await Eventually.HoldsAsync(() => Counted() > before, "the mesh counts a request that is over");
        return text;

        long Counted() => _mesh.Traffic().Entries.Sum(entry => entry.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _console.DisposeAsync();
        await _mesh.DisposeAsync();
        await _v1.DisposeAsync();
        await V2.DisposeAsync();
    }
}
