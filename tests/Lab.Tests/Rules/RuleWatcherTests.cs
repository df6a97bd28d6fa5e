using Bookinfo.Mesh.Lab.Rules;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Lab.Rules;

public sealed class RuleWatcherTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-watch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Watch_FileReplacedByRename_Calls()
    {
        var file = Path.Combine(_folder.FullName, "rules.yaml");
        await File.WriteAllTextAsync(file, "one");
        var called = new TaskCompletionSource();
        using var watcher = new RuleWatcher([file], () => called.TrySetResult(), TimeProvider.System);

        var other = Path.Combine(_folder.FullName, ".rules.swp");
        await File.WriteAllTextAsync(other, "two");
        File.Move(other, file, overwrite: true);

        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Watch_FileAddedToAFolder_Calls()
    {
        var called = new TaskCompletionSource();
        using var watcher = new RuleWatcher([_folder.FullName], () => called.TrySetResult(), TimeProvider.System);

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "new.yaml"), "new");

        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Watch_ManyWritesBeforeTheySettle_CallsOnce()
    {
        var file = Path.Combine(_folder.FullName, "rules.yaml");
        await File.WriteAllTextAsync(file, "0");
        var calls = 0;
        var time = new ArmedClock();
        using var watcher = new RuleWatcher([file], () => calls++, time);

        for (var i = 1; i <= 5; i++)
        {
            await File.AppendAllTextAsync(file, $"{i}");
        }

        await time.Armed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, calls);
        time.Advance(RuleWatcher.Settling);

        Assert.Equal(1, calls);
    }

    [Fact]
    public void Watch_FolderMovedAwayAndMadeAgain_CallsForWhatIsThereThen()
    {
        var folder = Path.Combine(_folder.FullName, "rules");
        Directory.CreateDirectory(folder);
        var calls = 0;
        var time = new FakeTimeProvider();
        using var watcher = new RuleWatcher([folder], () => calls++, time);
        Directory.Move(folder, folder + ".old");
        Directory.CreateDirectory(folder);
        Settle(time);
        calls = 0;

        File.WriteAllText(Path.Combine(folder, "rules.yaml"), "new");
        Settle(time);

        Assert.Equal(1, calls);
    }

    [Fact]
    public void Watch_PathThatIsNotThere_CallsWhenItIs()
    {
        var file = Path.Combine(_folder.FullName, "later", "rules.yaml");
        var calls = 0;
        var time = new FakeTimeProvider();
        using var watcher = new RuleWatcher([file], () => calls++, time);

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "new");
        Settle(time);

        Assert.Equal(1, calls);
    }

    private static void Settle(FakeTimeProvider time)
    {
        time.Advance(RuleWatcher.Polling);
        time.Advance(RuleWatcher.Settling);
    }

    /// <summary>A clock that stands still and says when a timer has been set on it.</summary>
    private sealed class ArmedClock : FakeTimeProvider
    {
        public TaskCompletionSource Armed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Telling(base.CreateTimer(callback, state, dueTime, period), Armed);

        private sealed class Telling(ITimer timer, TaskCompletionSource armed) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                var changed = timer.Change(dueTime, period);
                armed.TrySetResult();
                return changed;
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
