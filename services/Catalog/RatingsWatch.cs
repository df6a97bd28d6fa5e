using Bookinfo.Catalog.Parts;
using Bookinfo.Catalog.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Bookinfo.Catalog;

/// <summary>Sees changes of the ratings by looking at them again and again.</summary>
/// <remarks>
/// Each watch asks for itself instead of sharing one look among all: the calls carry the headers of the caller who watches, so the mesh
/// routes them, and its rules delay or fail them, as they do that caller's other calls.
/// </remarks>
/// <param name="ratings">Where the ratings come from.</param>
/// <param name="options">The interval, and whether changes carry a summary.</param>
/// <param name="lifetime">Tells when the process is about to end.</param>
/// <param name="time">The clock.</param>
internal sealed class RatingsWatch(RatingsSource ratings, IOptions<CatalogOptions> options, IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    /// <summary>Sends the ratings as they are, and again after each change, until somebody ends it.</summary>
    /// <param name="bookId">The book's id.</param>
    /// <param name="send">Takes one change; the next look waits for it, so a slow reader is not flooded.</param>
    /// <param name="cancellation">Ends when the caller has gone or its deadline has passed.</param>
    /// <exception cref="OperationCanceledException">The caller has gone, or its deadline has passed.</exception>
    /// <exception cref="RpcException">UNAVAILABLE: the process is about to end.</exception>
    public async Task RunAsync(int bookId, Func<WatchRatingsResponse, CancellationToken, Task> send, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        try
        {
            RatingsPart? last = null;
            while (true)
            {
                var now = await ratings.GetAsync(bookId, end.Token);
                if (last is null || !SaysTheSame(last, now))
                {
                    await send(Change(now), end.Token);
                    last = now;
                }

                await Task.Delay(options.Value.WatchInterval, time, end.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "this pod is shutting down; call again and another one answers"));
        }
    }

    // Who answered does not count: with two pods behind the name it alternates, and nothing has changed.
    private static bool SaysTheSame(RatingsPart one, RatingsPart other) =>
        Equals(one.Ratings, other.Ratings) && one.Error?.Code == other.Error?.Code;

    private WatchRatingsResponse Change(RatingsPart now) => new()
    {
        Ratings = now,
        ObservedAt = time.GetUtcNow().ToTimestamp(),
        RatingSummary = options.Value.SummarizesRatings ? RatingSummaries.Of(now) : null,
    };
}
