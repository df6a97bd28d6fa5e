using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Answers that take their time, by HTTP/1.1.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task Http1_ResponseStream_EachPartArrivesAtOnce()
    {
        await using var mesh = new TestMesh();
        var go = new SemaphoreSlim(0);
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            for (var i = 0; i < 3; i++)
            {
                await context.Response.WriteAsync($"{i}");
                await context.Response.Body.FlushAsync();
                await go.WaitAsync();
            }
        });
        await mesh.StartAsync();
        using var response = await mesh.Client().GetAsync("http://reviews:9080/", HttpCompletionOption.ResponseHeadersRead);
        var stream = await response.Content.ReadAsStreamAsync();
        var part = new byte[1];
        for (var i = 0; i < 3; i++)
        {
            await stream.ReadExactlyAsync(part);
            Assert.Equal($"{i}", Encoding.ASCII.GetString(part));
            go.Release();
        }
    }
}
