using Polly;

namespace Bookinfo.ServiceDefaults.Resilience;

/// <summary>No more than so many calls at once, and so many waiting: a slow service can not take all of this one with it.</summary>
internal sealed class BulkheadStrategy<TResult>(int concurrency, int queue) : ResilienceStrategy<TResult>, IDisposable
{
    private readonly SemaphoreSlim _places = new(concurrency, concurrency);
    private int _present;

    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        if (Interlocked.Increment(ref _present) > concurrency + queue)
        {
            Interlocked.Decrement(ref _present);
            return Outcome.FromException<TResult>(new BulkheadFullException(concurrency, queue));
        }

        try
        {
            await _places.WaitAsync(context.CancellationToken);
            try
            {
                return await callback(context, state);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException gaveUp)
        {
            return Outcome.FromException<TResult>(gaveUp);
        }
        finally
        {
            Interlocked.Decrement(ref _present);
        }
    }

    public void Dispose() => _places.Dispose();
}

/// <summary>The bulkhead has no place left, and none to wait for.</summary>
internal sealed class BulkheadFullException(int concurrency, int queue)
    : ExecutionRejectedException($"bulkhead full: {concurrency} calls running, {queue} waiting");
