using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Grpc.Core;
using Grpc.Net.Client;

namespace Bookinfo.Tests.Catalog;

/// <summary>
/// What the mesh can do with gRPC and a plain Kubernetes Service cannot: a Service picks a pod for each connection, and a gRPC client has
/// one connection; the mesh picks for each call.
/// </summary>
public sealed class MeshShiftTests : IAsyncLifetime
{
    private const int Calls = 1_000;
    private static readonly string Rules = Repository.PathOf("infra", "rules");
    private CatalogHost _v1 = null!;
    private CatalogHost _v2 = null!;
    private MeshServer _mesh = null!;
    private int _connections;

    public async ValueTask InitializeAsync()
    {
        (_v1, _v2) = (await CatalogHost.StartAsync("SERVICE_VERSION=v1"), await CatalogHost.StartAsync("SERVICE_VERSION=v2"));
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        _mesh = await MeshServer.StartAsync(
            new MeshOptions
            {
                Services = [new MeshService("catalog", 9080, "grpc")],
                Pods =
                [
                    new Pod("shop-v1", Workload.Of("shop", "v1"), any, any),
                    new Pod("catalog-v1", Workload.Of("catalog", "v1"), AddressOf(_v1)),
                    new Pod("catalog-v2", Workload.Of("catalog", "v2"), AddressOf(_v2)),
                ],
                Gateway = any,
                Randomness = Randomness.Seeded(1595),
            },
            Read("gateway.yaml", "destination-rules.yaml", "catalog-90-10.yaml"));
    }

    [Fact]
    public async Task Mesh_NinetyToTen_SplitsTheCallsOfOneConnection()
    {
        using var channel = Channel("http://catalog:9080", () => _mesh.OutboundOf(_mesh.Pods[0]));

        var toV2 = await CountV2Async(channel);

        // Four standard deviations around 100, of a binomial with n = 1000 and p = 0.1; the seed is fixed.
        Assert.InRange(toV2, 62, 138);
        Assert.Equal(1, _connections);
    }

    [Fact]
    public async Task Mesh_RulesChangeUnderAnOpenConnection_NextCallsFollow()
    {
        using var channel = Channel("http://catalog:9080", () => _mesh.OutboundOf(_mesh.Pods[0]));
        await CountV2Async(channel, calls: 10);

        _mesh.Apply(Read("gateway.yaml", "destination-rules.yaml", "all-v1.yaml"));

        Assert.Equal(0, await CountV2Async(channel, calls: 100));
        Assert.Equal(1, _connections);
    }

    [Fact]
    public async Task Mesh_RuleNamesAMethodsPath_ThatMethodAloneGoesToTheNewRelease()
    {
        var method = RuleReader.Read(new RuleSource("method.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: catalog}
            spec:
              hosts: [catalog]
              http:
              - match:
                - uri: {exact: /bookinfo.catalog.v1.Catalog/GetBook}
                route:
                - destination: {host: catalog, subset: v2}
              - route:
                - destination: {host: catalog, subset: v1}
            """)).Rules;
        _mesh.Apply(Read("gateway.yaml", "destination-rules.yaml") with { VirtualServices = method.VirtualServices });
        using var channel = Channel("http://catalog:9080", () => _mesh.OutboundOf(_mesh.Pods[0]));

        using var book = new V1.Catalog.CatalogClient(channel).GetBookAsync(new() { BookId = 0 });

        Assert.Equal("catalog-v2", (await book.ResponseHeadersAsync).GetValue("x-bookinfo-release"));
        Assert.NotNull((await book).RatingSummary);
        Assert.Equal(0, await CountV2Async(channel, calls: 50));
        Assert.Equal(1, _connections);
    }

    [Fact]
    public async Task Gateway_NinetyToTen_SplitsTheCallsOfOneConnection()
    {
        using var channel = Channel("http://catalog.default.svc.cluster.local", () => _mesh.Gateway!);

        Assert.InRange(await CountV2Async(channel), 62, 138);
        Assert.Equal(1, _connections);
    }

    [Fact]
    public async Task PlainService_TwoPods_LeavesAllCallsOfAConnectionWithOne()
    {
        // kube-proxy picks a pod when the connection opens, and never looks inside it.
        var random = new Random(1595);
        using var channel = Channel("http://catalog:9080", () => random.Next(2) == 0 ? AddressOf(_v1) : AddressOf(_v2));

        Assert.Contains(await CountV2Async(channel), new[] { 0, Calls });
        Assert.Equal(1, _connections);
    }

    [Fact]
    public async Task Mesh_RichError_ArrivesWhole()
    {
        using var channel = Channel("http://catalog:9080", () => _mesh.OutboundOf(_mesh.Pods[0]));

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new V1.Catalog.CatalogClient(channel).GetBookAsync(new() { BookId = -1 }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.NotNull(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>());
    }

    [Fact]
    public async Task Mesh_CallerEndsAWatch_PodHearsOfIt()
    {
        _mesh.Apply(Read("gateway.yaml", "destination-rules.yaml", "all-v1.yaml"));
        using var channel = Channel("http://catalog:9080", () => _mesh.OutboundOf(_mesh.Pods[0]));
        var watch = new V1.Catalog.CatalogClient(channel).WatchRatings(new() { BookId = 0 });
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
        var gone = new TaskCompletionSource();
        var asked = _v1.Neighbours.Ratings.Requests.Count;
        _v1.Neighbours.Ratings.Answer = Answers.Silence(gone);
        await Eventually.HoldsAsync(() => _v1.Neighbours.Ratings.Requests.Count > asked, "the catalog has asked");

        watch.Dispose();

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await _mesh.DisposeAsync();
        await _v1.DisposeAsync();
        await _v2.DisposeAsync();
    }

    private static async Task<int> CountV2Async(GrpcChannel channel, int calls = Calls)
    {
        var client = new V1.Catalog.CatalogClient(channel);
        var toV2 = 0;
        for (var call = 0; call < calls; call++)
        {
            using var listing = client.ListBooksAsync(new());
            toV2 += (await listing.ResponseHeadersAsync).GetValue("x-bookinfo-release") == "catalog-v2" ? 1 : 0;
            await listing;
        }

        return toV2;
    }

    /// <summary>A channel with one connection, to wherever <paramref name="dial"/> says when it opens.</summary>
    private GrpcChannel Channel(string address, Func<IPEndPoint> dial) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                Interlocked.Increment(ref _connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(dial(), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });

    private static IPEndPoint AddressOf(CatalogHost host) => new(IPAddress.Loopback, new Uri(host.Address).Port);

    private static RuleSet Read(params string[] files)
    {
        var reading = RuleReader.Read(RuleFiles.Load(files.Select(file => Path.Combine(Rules, file))));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        return reading.Rules;
    }
}
