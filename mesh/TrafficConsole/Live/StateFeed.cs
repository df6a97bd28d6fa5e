using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Bookinfo.Mesh.TrafficConsole.Faults;

namespace Bookinfo.Mesh.TrafficConsole.Live;

/// <summary>
/// Sends the state to everybody who watches, as often as it changes and at most every <see cref="Step"/>. One reading serves all watchers;
/// while there are none, nothing is read.
/// </summary>
internal sealed class StateFeed(StateReader reader, PodFaults faults, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How soon a change is seen.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(150);

    /// <summary>How often the pods' own switches are asked.</summary>
    private static readonly TimeSpan FaultStep = TimeSpan.FromSeconds(2);

    /// <summary>A state is sent again after this time even where nothing changed: the watcher sees that the console lives.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    private readonly Lock _change = new();
    private readonly List<Channel<string>> _watchers = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;
    private bool _isReading;
    private bool _hasNewWatcher;

    /// <summary>The states as JSON, the present one at once.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // A slow watcher gets the newest state, not all of them.
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_change)
        {
            _watchers.Add(channel);
            _hasNewWatcher = true;
            if (!_isReading)
            {
                _isReading = true;
                _reading = ReadAsync();
            }
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
            while (!either.IsCancellationRequested)
            {
                string state;
                try
                {
                    state = await channel.Reader.ReadAsync(either.Token);
                }
                catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
                {
                    yield break;
                }

                yield return state;
            }
        }
        finally
        {
            lock (_change)
            {
                _watchers.Remove(channel);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            await ReadUntilUnwatchedAsync();
        }
        catch (OperationCanceledException)
        {
            // The console stops.
        }
        catch (Exception)
        {
            // The watchers' streams end, so that they come again and reading starts anew.
            lock (_change)
            {
                _isReading = false;
                _watchers.ForEach(watcher => watcher.Writer.TryComplete());
            }
        }
    }

    private async Task ReadUntilUnwatchedAsync()
    {
        using var timer = new PeriodicTimer(Step, time);
        var (sent, sentAt, isNew) = ("", 0L, true);
        var (refresh, askedAt) = (faults.RefreshAsync(_stop.Token), time.GetTimestamp());
        do
        {
            // A pod that hangs must not hold up what is known of the others.
            if (refresh.IsCompleted && time.GetElapsedTime(askedAt) >= FaultStep)
            {
                await refresh;
                (refresh, askedAt) = (faults.RefreshAsync(_stop.Token), time.GetTimestamp());
            }

            var state = JsonSerializer.Serialize(reader.Read(), LiveJson.Default.ConsoleState);
            Channel<string>[] watchers;
            lock (_change)
            {
                if (_watchers.Count == 0)
                {
                    _isReading = false;
                    return;
                }

                watchers = [.. _watchers];
                isNew |= _hasNewWatcher;
                _hasNewWatcher = false;
            }

            if (isNew || state != sent || time.GetElapsedTime(sentAt) >= Heartbeat)
            {
                (sent, sentAt, isNew) = (state, time.GetTimestamp(), false);
                Array.ForEach(watchers, watcher => watcher.Writer.TryWrite(state));
            }
        }
        while (await timer.WaitForNextTickAsync(_stop.Token));
    }
}
