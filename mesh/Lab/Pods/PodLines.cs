using System.Runtime.CompilerServices;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>The latest lines that a pod has logged, for whoever reads them now and for whoever waits for more.</summary>
internal sealed class PodLines
{
    /// <summary>How many lines are kept.</summary>
    private const int Kept = 1000;

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private long _forgotten;
    private TaskCompletionSource _next = Fresh();

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, without its end.</param>
    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
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

    /// <summary>Reads the last lines, and those to come where they are followed.</summary>
    /// <param name="tail">How many of those that are there.</param>
    /// <param name="follows">Whether to wait for more, until cancelled.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<string> ReadAsync(int tail, bool follows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (lines, end, next) = From(0);
        foreach (var line in lines.TakeLast(tail))
        {
            yield return line;
        }

        while (follows)
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
    private (List<string> Lines, long End, Task Next) From(long place)
    {
        lock (_lock)
        {
            var lines = _lines[(int)Math.Max(0, place - _forgotten)..];
            return (lines, _forgotten + _lines.Count, _next.Task);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
