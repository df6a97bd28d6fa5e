using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Pipeline;

/// <summary>
/// What a whole hop allocates for a GET, beyond Kestrel with an endpoint that answers at once: with the caller's and the pod's connection
/// open, over real sockets, every thread of the process counted. Each request is measured on its own, from the caller's first byte until
/// the server has counted it; the test's own allocations are subtracted. Where something else in the process allocates meanwhile, the
/// states of async methods lie in another thread's pool, or code is not compiled for good yet, the count is too high, never too low, so
/// that the least of many is asserted: an object more in our code would be in every request.
/// </summary>
/// <remarks>
/// What remains, and why:
/// <list type="bullet">
/// <item>Where the pod's answer is not there by the time that it is first looked for, the task that Kestrel waits on: its interface
/// (<c>IHttpApplication.ProcessRequestAsync</c>) asks for a <see cref="Task"/>, and a task completes once.</item>
/// <item>Where the caller sends no <c>x-request-id</c>, the text of a new one, which is another for every request.</item>
/// </list>
/// </remarks>
[Collection(nameof(Quiet))]
public sealed class HopAllocationTests
{
    private const int Requests = 2_000;

    /// <summary>A machine under load is late with compiling for good; then more are sent.</summary>
    private const int MostRequests = 20 * Requests;

    /// <summary>The task and the state of <c>RequestPipeline.RunAsync</c>, in bytes.</summary>
    private const int TaskSize = 136;

    /// <summary>A string of 36 characters, in bytes.</summary>
    private const int RequestIdSize = 96;

    private const string Rule = Rules.ReviewsSubsets + """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - route: [{destination: {host: reviews, subset: v1} }]

        """;

    [Theory]
    [InlineData("x-request-id: 7d4c\r\n", 0)]
    [InlineData("", RequestIdSize)]
    public async Task Hop_InSteadyState_AllocatesNothingButTaskAndRequestId(string header, int requestId)
    {
        var request = Encoding.ASCII.GetBytes(
            $"GET /reviews/0?a=b HTTP/1.1\r\nHost: reviews:9080\r\nUser-Agent: test\r\n{header}\r\n");
        await using var bare = await BareServer.StartAsync();
        using var pod = new QuietServer("HTTP/1.1 200 OK\r\nServer: pod\r\nContent-Length: 2\r\n\r\nok");
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(Rule);
        var ofKestrel = Least(bare.Address, request, () => bare.Requests, long.MaxValue);
        var ofHop = Least(mesh.Server.OutboundOf(mesh.Caller), request,
            () => mesh.Server.Traffic().Entries.Sum(entry => entry.Requests), ofKestrel + requestId + TaskSize);
        Assert.Contains(ofHop - ofKestrel - requestId, new long[] { 0, TaskSize });
    }

    /// <summary>The fewest bytes that a request allocates, after as many to warm up.</summary>
    /// <param name="address">Where requests go.</param>
    /// <param name="request">The request.</param>
    /// <param name="counted">How many requests the server has counted.</param>
    /// <param name="enough">So few that no more need to be sent.</param>
    private static long Least(IPEndPoint address, byte[] request, Func<long> counted, long enough)
    {
        using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(address);
        var buffer = new byte[16 * 1024];
        var least = long.MaxValue;
        for (var sent = 1; sent <= 2 * Requests || (sent <= MostRequests && least > enough); sent++)
        {
            var (own, all) = (GC.GetAllocatedBytesForCurrentThread(), GC.GetTotalAllocatedBytes(precise: true));
            Exchange(client, request, buffer);
            while (counted() < sent)
            {
                Thread.Yield();
            }

            all = GC.GetTotalAllocatedBytes(precise: true) - all;
            own = GC.GetAllocatedBytesForCurrentThread() - own;
            least = sent <= Requests ? least : Math.Min(least, all - own);
        }

        return least;
    }

    private static void Exchange(Socket client, byte[] request, byte[] buffer)
    {
        client.Send(request);
        var have = 0;
        while (!buffer.AsSpan(0, have).EndsWith("\r\n\r\nok"u8))
        {
            var read = client.Receive(buffer, have, buffer.Length - have, SocketFlags.None);
            have += read > 0 ? read : throw new IOException("The connection has ended.");
        }
    }

    /// <summary>Nothing else runs beside these tests.</summary>
    [CollectionDefinition(nameof(Quiet), DisableParallelization = true)]
    public sealed class Quiet;
}
