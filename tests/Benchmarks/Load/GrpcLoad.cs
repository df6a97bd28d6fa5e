using System.Net;
using System.Net.Http.Headers;

namespace Bookinfo.Benchmarks.Load;

/// <summary>
/// Unary gRPC calls with an empty message, over a few HTTP/2 connections with one call in flight on each: the wire format, without a gRPC
/// library.
/// </summary>
/// <param name="Server">Where the calls go.</param>
/// <param name="Host">The authority.</param>
/// <param name="Connections">How many connections send at the same time.</param>
internal sealed record GrpcLoad(IPEndPoint Server, string Host, int Connections = 16) : ILoad
{
    /// <summary>A message of no bytes, not compressed.</summary>
    public static readonly byte[] EmptyMessage = new byte[5];

    /// <inheritdoc/>
    public string What => $"{Host} gRPC";

    /// <inheritdoc/>
    public async Task<Failures> SendAsync(int requests)
    {
        var left = requests;
        var failures = new Failures();

        async Task CallOnOneConnectionAsync()
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = false });
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{Server}/benchmark.Echo/Call")
                {
                    Version = HttpVersion.Version20,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                    Content = new ByteArrayContent(EmptyMessage),
                };
                request.Headers.Host = Host;
                request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
                using var answer = await client.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                var status = answer.TrailingHeaders.TryGetValues("grpc-status", out var values) ? values.Single() : "none";
                if (status != "0")
                {
                    failures.Count($"grpc-status {status}");
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(CallOnOneConnectionAsync)));
        return failures;
    }
}
