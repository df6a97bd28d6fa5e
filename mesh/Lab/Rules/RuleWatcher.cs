namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>Watches files and folders of rules, and calls once when a change has settled.</summary>
internal sealed class RuleWatcher : IDisposable
{
    /// <summary>An editor writes a file in several steps, some by renaming; after the last one nothing happens for this long.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly ITimer _settled;

    /// <summary>Begins to watch.</summary>
    /// <param name="paths">Files and folders that exist.</param>
    /// <param name="changed">Called after a change, one call at a time.</param>
    /// <param name="time">The clock by which changes settle.</param>
    /// <exception cref="IOException">The system has no more watches to give.</exception>
    public RuleWatcher(IEnumerable<string> paths, Action changed, TimeProvider time)
    {
        var oneCall = new Lock();
        _settled = time.CreateTimer(_ =>
        {
            lock (oneCall)
            {
                changed();
            }
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var path in paths)
        {
            _watchers.Add(Watch(Path.GetFullPath(path)));
        }
    }

    /// <summary>Ends watching.</summary>
    public void Dispose()
    {
        _watchers.ForEach(watcher => watcher.Dispose());
        _settled.Dispose();
    }

    /// <summary>A file is watched by way of its folder, because many editors replace it by another one of the same name.</summary>
    private FileSystemWatcher Watch(string path)
    {
        var watcher = Directory.Exists(path)
            ? new FileSystemWatcher(path)
            : new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        watcher.NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size;
        watcher.Changed += Touch;
        watcher.Created += Touch;
        watcher.Deleted += Touch;
        watcher.Renamed += Touch;
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Touch(object sender, FileSystemEventArgs change) => _settled.Change(Settling, Timeout.InfiniteTimeSpan);
}
