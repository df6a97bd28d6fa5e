using Grpc.Core;

namespace Bookinfo.Tests.Catalog;

public sealed class HeaderTests
{
    /// <summary>The contract's list; trace context is passed on as it came because no tracer is on.</summary>
    public static TheoryData<string, string> PassedOn() => new()
    {
        { "x-request-id", "id-1" },
        { "x-ot-span-context", "span" },
        { "x-datadog-trace-id", "1" },
        { "x-datadog-parent-id", "2" },
        { "x-datadog-sampling-priority", "1" },
        { "x-cloud-trace-context", "trace" },
        { "x-b3-traceid", "463ac35c9f6413ad48485a3953bb6124" },
        { "x-b3-spanid", "a2fb4a1d1a96d312" },
        { "x-b3-parentspanid", "0020000000000001" },
        { "x-b3-sampled", "1" },
        { "x-b3-flags", "0" },
        { "b3", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1" },
        { "sw8", "1-trace" },
        { "cookie", "session=1" },
        { "authorization", "Bearer token" },
        { "jwt", "token" },
        { "end-user", "jason" },
    };

    [Theory]
    [MemberData(nameof(PassedOn))]
    public async Task GetBook_HeaderOfTheContract_ReachesEveryService(string name, string value)
    {
        await using var host = await CatalogHost.StartAsync();

        await host.Client.GetBookAsync(CatalogHost.FirstBook, new Metadata { { name, value } });

        Assert.All(host.Neighbours.All, service => Assert.Equal(value, Assert.Single(service.Requests).Headers[name]));
    }

    [Fact]
    public async Task GetBook_BinaryTraceHeader_ReachesEveryService()
    {
        await using var host = await CatalogHost.StartAsync();

        await host.Client.GetBookAsync(CatalogHost.FirstBook, new Metadata { { "grpc-trace-bin", new byte[] { 0, 1, 255 } } });

        Assert.All(host.Neighbours.All, service => Assert.Equal("AAH/", Assert.Single(service.Requests).Headers["grpc-trace-bin"]));
    }

    [Fact]
    public async Task GetBook_OtherHeader_StaysHere()
    {
        await using var host = await CatalogHost.StartAsync();

        await host.Client.GetBookAsync(CatalogHost.FirstBook, new Metadata { { "x-api-key", "secret" } });

        Assert.All(host.Neighbours.All, service => Assert.False(Assert.Single(service.Requests).Headers.ContainsKey("x-api-key")));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task AnyCall_Answer_NamesReleaseAndPod(string version)
    {
        await using var host = await CatalogHost.StartAsync($"SERVICE_VERSION={version}");
        using var call = host.Client.ListBooksAsync(new());

        var headers = await call.ResponseHeadersAsync;

        Assert.Equal(($"catalog-{version}", "catalog-pod"), (headers.GetValue("x-bookinfo-release"), headers.GetValue("x-bookinfo-pod")));
    }
}
