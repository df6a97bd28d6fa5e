using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>gRPC through the mesh: HTTP/2 with trailers, statuses, and streams both ways.</summary>
public sealed class GrpcTests
{
    private static async Task<TestMesh> GrpcAsync(RequestDelegate handler, string rules = "")
    {
        var mesh = new TestMesh();
        await mesh.AddAsync("catalog", "v1", handler, HttpProtocols.Http2, "grpc");
        await mesh.StartAsync(rules);
        return mesh;
    }

    private static HttpRequestMessage Call(HttpContent? content = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "http://catalog:9080/bookinfo.catalog.v1.Catalog/GetBook")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content ?? new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        return request;
    }

    [Fact]
    public async Task Grpc_AnswerWithTrailers_TrailersAndStatusGoThrough()
    {
        await using var mesh = await GrpcAsync(async context =>
        {
            Assert.Equal("HTTP/2", context.Request.Protocol);
            Assert.Equal("trailers", context.Request.Headers.TE);
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 0 });
            context.Response.AppendTrailer("grpc-status", "5");
            context.Response.AppendTrailer("grpc-message", "no such book");
        });

        using var response = await mesh.Client(HttpVersion.Version20).SendAsync(Call());

        Assert.Equal([0, 0, 0, 0, 0], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("5", response.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("no such book", response.TrailingHeaders.GetValues("grpc-message").Single());
        Assert.Equal(1, mesh.Entry("catalog", "v1").Errors);
    }

    [Fact]
    public async Task Grpc_AnswerOfHeadersAlone_StaysOne()
    {
        await using var mesh = await GrpcAsync(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "7";
            return Task.CompletedTask;
        });

        using var response = await mesh.Client(HttpVersion.Version20).SendAsync(Call());

        Assert.Equal("7", response.Headers.GetValues("grpc-status").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Grpc_UnavailableInHeaders_RetriedByDefault()
    {
        var tries = 0;
        await using var mesh = await GrpcAsync(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = Interlocked.Increment(ref tries) < 3 ? "14" : "0";
            return Task.CompletedTask;
        });

        using var response = await mesh.Client(HttpVersion.Version20).SendAsync(Call());

        Assert.Equal("0", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal(3, tries);
    }

    [Theory]
    [InlineData("http", "HTTP/1.1")]
    [InlineData("grpc", "HTTP/2")]
    [InlineData("http2", "HTTP/2")]
    public async Task Grpc_ToAPort_SpokenAsThePortIsCalled(string port, string expected)
    {
        var seen = "";
        await using var mesh = new TestMesh();
        var protocols = expected == "HTTP/2" ? HttpProtocols.Http2 : HttpProtocols.Http1;
        await mesh.AddAsync("catalog", "v1", context =>
        {
            seen = context.Request.Protocol;
            return Task.CompletedTask;
        }, protocols, port);
        await mesh.StartAsync();

        using var call = Call();
        await mesh.Client(HttpVersion.Version20).SendAsync(call);

        Assert.Equal(expected, seen);
    }

    /// <summary><c>source/common/grpc/status.cc: httpToGrpcStatus</c>, which has no line for 200.</summary>
    [Theory]
    [InlineData(200, 2)]
    [InlineData(301, 2)]
    [InlineData(400, 13)]
    [InlineData(401, 16)]
    [InlineData(403, 7)]
    [InlineData(404, 12)]
    [InlineData(429, 14)]
    [InlineData(500, 2)]
    [InlineData(502, 14)]
    [InlineData(503, 14)]
    [InlineData(504, 14)]
    public async Task Grpc_DirectResponse_StatusAsEnvoyMapsIt(int status, int expected)
    {
        await using var mesh = await GrpcAsync(_ => Task.CompletedTask, $$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: catalog}
            spec: {hosts: [catalog], http: [{directResponse: {status: {{status}} } }]}
            """);

        using var call = Call();
        var response = await mesh.Client(HttpVersion.Version20).SendAsync(call);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{expected}", response.Headers.GetValues("grpc-status").Single());
    }

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("application/grpc-web", false)]
    [InlineData("application/grpc-web+proto", false)]
    [InlineData("application/grpc;charset=x", false)]
    [InlineData("application/grpcx", false)]
    [InlineData("Application/gRPC", false)]
    public async Task LocalReply_ContentType_GrpcOnlyWhereEnvoySaysSo(string contentType, bool isGrpc)
    {
        await using var mesh = new TestMesh();
        mesh.AddPod("catalog", "v1", "catalog-v1-0", new IPEndPoint(IPAddress.Loopback, 1), "grpc");
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: catalog}
            spec: {hosts: [catalog], http: [{route: [{destination: {host: catalog, subset: nope}}]}]}
            """);
        using var request = Call();
        request.Content!.Headers.Remove("content-type");
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);

        var response = await mesh.Client(HttpVersion.Version20).SendAsync(request);

        Assert.Equal(isGrpc ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(isGrpc, response.Headers.Contains("grpc-status"));
    }

    [Fact]
    public async Task Grpc_NoHealthyUpstream_StatusInAnEmpty200()
    {
        await using var mesh = new TestMesh();
        mesh.AddPod("catalog", "v1", "catalog-v1-0", new IPEndPoint(IPAddress.Loopback, 1), "grpc");
        await mesh.StartAsync();

        using var response = await mesh.Client(HttpVersion.Version20).SendAsync(Call());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("14", response.Headers.GetValues("grpc-status").Single());
        Assert.Contains("upstream connect error", response.Headers.GetValues("grpc-message").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grpc_CallersTimeout_EndsTheCall()
    {
        await using var mesh = await GrpcAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var call = Call();
        call.Headers.TryAddWithoutValidation("grpc-timeout", "100m");

        using var response = await mesh.Client(HttpVersion.Version20).SendAsync(call);

        Assert.Equal("14", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal(1, mesh.Entry("catalog", "v1").ResponseFlags["UT"]);
    }

    [Fact]
    public async Task Grpc_StreamBothWays_EachMessageAnsweredBeforeTheNext()
    {
        await using var mesh = await GrpcAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.FlushAsync();
            var buffer = new byte[64];
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
                await context.Response.Body.FlushAsync();
            }

            context.Response.AppendTrailer("grpc-status", "0");
        });
        var content = new LiveContent();
        using var response = await mesh.Client(HttpVersion.Version20).SendAsync(Call(content), HttpCompletionOption.ResponseHeadersRead);
        var answers = await response.Content.ReadAsStreamAsync();
        var echo = new byte[4];
        for (var i = 0; i < 5; i++)
        {
            await content.WriteAsync([0, 0, 0, (byte)i]);
            await answers.ReadExactlyAsync(echo);
            Assert.Equal([0, 0, 0, (byte)i], echo);
        }

        content.Complete();
        Assert.Equal(0, await answers.ReadAsync(echo));
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    /// <summary>A request body that the test writes while the answer is under way.</summary>
    private sealed class LiveContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task WriteAsync(byte[] bytes)
        {
            var stream = await _stream.Task;
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
        }

        public void Complete() => _complete.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            _stream.SetResult(stream);
            await _complete.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
