namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>A load with an end: so many requests, so many a second, never more than a few at once.</summary>
/// <param name="requests">How many.</param>
/// <param name="rate">How many are begun in a second; zero for as many as go.</param>
/// <param name="atOnce">How many are under way at most.</param>
/// <param name="time">The clock that paces it.</param>
internal sealed class PacedLoad(int requests, int rate, int atOnce, TimeProvider time)
{
    /// <summary>Sends them all and hands back every answer.</summary>
    /// <param name="send">Sends one.</param>
    /// <param name="cancellation">Ends the load early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public async Task<Answer[]> RunAsync(Func<CancellationToken, Task<Answer>> send, CancellationToken cancellation)
    {
        var answers = new Answer[requests];
        var began = time.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, requests, options, async (i, stop) =>
        {
            var due = rate > 0 ? TimeSpan.FromSeconds((double)i / rate) - time.GetElapsedTime(began) : TimeSpan.Zero;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, time, stop);
            }

            answers[i] = await send(stop);
        });
        return answers;
    }
}
