namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>
/// Gives memory back to the system once a burst of requests is over. The runtime collects when something is allocated; a process that has
/// become quiet allocates nothing, and would keep what the burst left behind for as long as it runs.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>A process that allocates more than this within an interval is at work: a collection would make requests wait.</summary>
    public const long QuietBytes = 4 * 1024 * 1024;

    /// <summary>Less than this since the last time is not worth a collection.</summary>
    public const long WorthwhileBytes = 64 * 1024 * 1024;

    /// <summary>
    /// After so many quiet intervals memory is given back once more: by then pods have closed the connections that they keep for a minute.
    /// </summary>
    public const int IntervalsUntilAgain = 12;

    private readonly Func<long> _allocated;
    private readonly Action _giveBack;
    private readonly ITimer _timer;
    private long _before;
    private long _givenBackAt;
    private int _untilAgain;

    /// <summary>Begins to look.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="allocated">How many bytes were allocated since the start.</param>
    /// <param name="giveBack">Collects, and gives the system what is free.</param>
    public IdleMemory(TimeProvider time, Func<long> allocated, Action giveBack)
    {
        (_allocated, _giveBack) = (allocated, giveBack);
        _before = allocated();
        _timer = time.CreateTimer(static watch => ((IdleMemory)watch!).Look(), this, Interval, Interval);
    }

    /// <summary>Looks after this process.</summary>
    /// <param name="release">Lets go of what is only kept in case of need, before memory is given back.</param>
    public static IdleMemory OfThisProcess(Action release) => new(TimeProvider.System, () => GC.GetTotalAllocatedBytes(), () =>
    {
        release();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    });

    /// <summary>Stops looking.</summary>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = _allocated();
        var isQuiet = now - _before <= QuietBytes;
        _before = now;
        if (!isQuiet)
        {
            return;
        }

        if (now - _givenBackAt >= WorthwhileBytes)
        {
            GiveBack();
            _untilAgain = IntervalsUntilAgain;
        }
        else if (_untilAgain > 0 && --_untilAgain == 0)
        {
            GiveBack();
        }
    }

    private void GiveBack()
    {
        _giveBack();
        _before = _givenBackAt = _allocated();
    }
}
