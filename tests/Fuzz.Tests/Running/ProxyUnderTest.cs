using System.Net;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Rules;

namespace Bookinfo.Tests.Fuzz.Running;

/// <summary>A proxy that the fuzzer stands before: the mesh, or a double that fails in a way that the fuzzer has to see.</summary>
public interface IProxyUnderTest : IAsyncDisposable
{
    /// <summary>Where a listener is.</summary>
    IPEndPoint AddressOf(Listener listener);

    /// <summary>Puts rules into force for every later request.</summary>
    void Apply(RuleMix rules);
}

/// <summary>The mesh with real sockets, as the Lab starts it.</summary>
public sealed class MeshUnderTest : IProxyUnderTest
{
    private const int ServicePort = 9080;
    private static readonly Pod Caller =
        new("caller-v1-0", Workload.Of("caller", "v1"), new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 0));
    private readonly MeshServer _server;

    private MeshUnderTest(MeshServer server) => _server = server;

    /// <param name="pods">The pods, each the only one of the service that it is named after.</param>
    /// <param name="seed">For everything that the mesh draws: percentages, balancing, back-off.</param>
    public static async Task<IProxyUnderTest> StartAsync(IReadOnlyList<RecordingPod> pods, int seed) =>
        new MeshUnderTest(await MeshServer.StartAsync(
        new MeshOptions
        {
            Services = [.. pods.Select(pod => new MeshService(pod.Name, ServicePort, pod.Name == RuleMix.Http2Service ? "http2" : "http"))],
            Pods = [Caller, .. pods.Select(pod => new Pod($"{pod.Name}-v1-0", Workload.Of(pod.Name, "v1"), pod.Address))],
            Gateway = new IPEndPoint(IPAddress.Loopback, 0),
            Randomness = Randomness.Seeded(seed),

            // Hostile authorities must not make the mesh dial out.
            OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly,
        },
        RuleSet.Empty));

    public IPEndPoint AddressOf(Listener listener) => listener == Listener.Gateway ? _server.Gateway! : _server.OutboundOf(Caller);

    public void Apply(RuleMix rules)
    {
        var reading = RuleReader.Read(new RuleSource("mix.yaml", rules.ToYaml()));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        _server.Apply(reading.Rules);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
