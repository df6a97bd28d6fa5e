using System.Net;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Conformance.Semantics;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>
/// The ends of <c>grpc-timeout</c>: eight digits and a unit (PROTOCOL-HTTP2.md of grpc/grpc). What is not one is not a time
/// (<c>source/common/grpc/common.cc: getGrpcTimeout</c> of envoyproxy/envoy).
/// </summary>
public sealed class GrpcTimeoutTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    /// <summary>What 504 is for gRPC (<c>source/common/grpc/status.cc: httpToGrpcStatus</c>).</summary>
    private const string Unavailable = "14";

    [Theory]
    [InlineData("99999999H")]
    [InlineData("1200H")]
    [InlineData("1H")]
    [InlineData("99999999M")]
    [InlineData("1M")]
    [InlineData("99999999S")]
    [InlineData("99999999m")]
    [InlineData("99999999u")]
    [InlineData("100000000S")]
    [InlineData("99999999999999999999S")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("1s")]
    [InlineData("S")]
    [InlineData("1")]
    public async Task GrpcTimeout_LongOrNone_ThePodAnswers(string timeout)
    {
        var reply = await AskAsync(timeout);

        Assert.Equal(200, reply.Status);
        Assert.Equal("g-v1", reply.Echo?.Workload);
    }

    [Theory]
    [InlineData("1n")]
    [InlineData("99999999n")]
    [InlineData("1u")]
    [InlineData("1m")]
    public async Task GrpcTimeout_ShorterThanThePodTakes_IsTheRoutersTimeout(string timeout)
    {
        var reply = await AskAsync(timeout, isHeld: true);

        Assert.Equal((200, Unavailable), (reply.Status, GrpcStatus(reply)));
        Assert.Equal("UT", await running.Mesh.FlagsAsync(reply));
    }

    private static string? GrpcStatus(Reply reply) =>
        reply.Trailers.GetValueOrDefault("grpc-status") ?? reply.Headers.GetValueOrDefault("grpc-status");

    private async Task<Reply> AskAsync(string timeout, bool isHeld = false)
    {
        running.Mesh.Begin("");
        var held = isHeld ? running.Mesh.Pod("g-v1-0").Hold() : null;
        try
        {
            return await running.Mesh.SendAsync(new Call
            {
                Method = "POST",
                Url = "http://g:7070/",
                Http = HttpVersion.Version20,
                Headers = new Dictionary<string, string> { ["content-type"] = "application/grpc", ["grpc-timeout"] = timeout },
                Body = "x",
            });
        }
        finally
        {
            held?.TrySetResult();
        }
    }
}
