using Bookinfo.Catalog;
using Bookinfo.Catalog.V1;
using Grpc.Net.Client;

namespace Bookinfo.Tests.Catalog;

/// <summary>A catalog on a free port, its neighbours, and a client over a real HTTP/2 connection.</summary>
internal sealed class CatalogHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CatalogHost(WebApplication app, Neighbourhood neighbours)
    {
        _app = app;
        Neighbours = neighbours;
        Address = app.Urls.Single();

        // A handler of our own, because the channel's would open a second connection where the streams of the first run out.
        Channel = GrpcChannel.ForAddress(Address,
            new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler(), DisposeHttpClient = true });
        Client = new(Channel);
    }

    public Neighbourhood Neighbours { get; }

    public string Address { get; }

    public GrpcChannel Channel { get; }

    public V1.Catalog.CatalogClient Client { get; }

    public static GetBookRequest FirstBook => new() { BookId = 0 };

    /// <param name="settings">Settings as <c>KEY=value</c>, over the usual ones.</param>
    public static async Task<CatalogHost> StartAsync(params string[] settings)
    {
        var neighbours = await Neighbourhood.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            .. neighbours.Settings(),
            new("urls", "http://127.0.0.1:0"),
            new("HOSTNAME", "catalog-pod"),
            new("WATCH_INTERVAL_MILLISECONDS", "10"),
        ]);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => setting.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1])));
        var app = CatalogProgram.Build(builder);
        await app.StartAsync();
        return new CatalogHost(app, neighbours);
    }

    /// <summary>Ends the service as SIGTERM would.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Neighbours.DisposeAsync();
    }
}
