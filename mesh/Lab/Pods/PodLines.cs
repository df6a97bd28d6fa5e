using System.Runtime.CompilerServices;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>The latest lines that a pod has logged, for those who read them now and those who wait for more.</summary>
/// <param name="time">The clock of the lines; null for that of the system.</param>
internal sealed class PodLines(TimeProvider? time = null)
{
    /// <summary>How many lines are kept.</summary>
    private const int Kept = 1000;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly List<LogLine> _lines = [];
    private long _forgotten;
    private TaskCompletionSource _next = Fresh();

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, without its end.</param>
    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(new LogLine(_time.GetUtcNow(), line));
            if (_lines.Count > Kept)
            {
                _lines.RemoveAt(0);
                _forgotten++;
            }

            var waiting = _next;
            _next = Fresh();
            waiting.SetResult();
        }
    }

    /// <summary>Reads the lines that are asked for, and those to come where they are followed, until cancelled.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<LogLine> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (lines, end, next) = From(0);
        foreach (var line in lines.Where(line => line.At >= query.Since).TakeLast(query.Tail))
        {
            yield return line;
        }

        while (query.Follows)
        {
            await next.WaitAsync(cancellation);
            (lines, end, next) = From(end);
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    /// <summary>The lines from a place on, as far as they are kept, the place after them, and what completes with the next.</summary>
    private (List<LogLine> Lines, long End, Task Next) From(long place)
    {
        lock (_lock)
        {
            var lines = _lines[(int)Math.Max(0, place - _forgotten)..];
            return (lines, _forgotten + _lines.Count, _next.Task);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
