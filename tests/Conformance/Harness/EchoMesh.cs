using System.Net;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>A running mesh before running echo pods: real sockets from the caller to the pod.</summary>
public sealed class EchoMesh : IAsyncDisposable
{
    /// <summary>The caller that is outside the mesh and comes in by its ingress gateway.</summary>
    public const string Gateway = "gateway";

    private readonly Reseeded _randomness;
    private readonly AccessLog _log;
    private readonly Dictionary<string, Caller> _callers;

    private EchoMesh(MeshServer server, IReadOnlyList<EchoPod> pods, Reseeded randomness, AccessLog log)
    {
        Server = server;
        Pods = pods;
        _randomness = randomness;
        _log = log;
        _callers = server.Pods.ToDictionary(pod => pod.Name, pod => new Caller(server.OutboundOf(pod), log));
        if (server.Gateway is { } gateway)
        {
            _callers[Gateway] = new Caller(gateway, log);
        }
    }

    public MeshServer Server { get; }

    public IReadOnlyList<EchoPod> Pods { get; }

    /// <summary>Starts pods, then the mesh before them. <paramref name="options"/> gets the finished options and may change them.</summary>
    public static async Task<EchoMesh> StartAsync(
        IEnumerable<EchoApp> apps, IReadOnlyList<MeshService> services, Func<MeshOptions, MeshOptions>? options = null)
    {
        var pods = new List<EchoPod>();
        foreach (var app in apps)
        {
            for (var number = 0; number < app.Pods; number++)
            {
                pods.Add(await EchoPod.StartAsync($"{app.Workload.Name}-{number}", app.Workload, app.Http2));
            }
        }

        var randomness = new Reseeded();
        var log = new AccessLog();
        var plain = new MeshOptions
        {
            Services = services,
            Pods = [.. pods.Select(pod => new Pod(pod.Name, pod.Workload, pod.Address, new IPEndPoint(IPAddress.Loopback, 0)))],
            Gateway = new IPEndPoint(IPAddress.Loopback, 0),
            Randomness = randomness,
            AccessLog = log,
        };
        var server = await MeshServer.StartAsync(options is null ? plain : options(plain), RuleSet.Empty,
            TestContext.Current.CancellationToken);
        return new EchoMesh(server, pods, randomness, log);
    }

    /// <summary>Reads rules as a user's file is read, with the Gateway API's experimental fields, and puts them into force.</summary>
    public void Apply(string rules)
    {
        var reading = RuleReader.Read("default", [new RuleSource("case.yaml", rules)], GatewayApiChannel.Experimental);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        Server.Apply(reading.Rules);
    }

    /// <summary>Starts afresh for a case: seed, pods' memories, rules.</summary>
    public void Begin(string rules, int seed = 20_260_822)
    {
        _randomness.Seed(seed);
        foreach (var pod in Pods)
        {
            pod.Reset();
        }

        Apply(rules);
    }

    public EchoPod Pod(string name) => Pods.Single(pod => pod.Name == name);

    /// <summary>Sends a call once, without looking at what it expects.</summary>
    public Task<Reply> SendAsync(Call call) => _callers[call.From].SendAsync(call);

    /// <summary>Sends a call as often as it says and checks what it expects.</summary>
    public Task CheckAsync(Call call) => CallCheck.RunAsync(call, _callers[call.From]);

    /// <summary>The flags in the access log of the request that was answered so.</summary>
    public async Task<string> FlagsAsync(Reply reply) => (await _log.FindAsync(reply.RequestId)).Flags;

    /// <summary>Runs a whole row.</summary>
    public async Task RunAsync(Case row)
    {
        if (row.Refused is not null)
        {
            var problems = RuleReader.Read(new RuleSource("case.yaml", row.Rules)).Problems.Where(problem =>
                problem.Severity == Severity.Error);
            Assert.Contains(problems, problem => problem.ToString().Contains(row.Refused, StringComparison.Ordinal));
            return;
        }

        Begin(row.Rules);
        foreach (var call in row.Calls)
        {
            await CheckAsync(call);
        }

        if (row.Then is not null)
        {
            await row.Then(this);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers.Values)
        {
            caller.Dispose();
        }

        await Server.DisposeAsync();
        foreach (var pod in Pods)
        {
            await pod.DisposeAsync();
        }

        await _log.DisposeAsync();
    }
}
