namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>Watches files and folders of rules, and calls once when a change has settled.</summary>
internal sealed class RuleWatcher : IDisposable
{
    /// <summary>An editor writes a file in several steps, some by renaming; after the last one nothing happens for this long.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How often the files are looked at in any case: the system tells nothing of a folder that was moved away and made again.
    /// </summary>
    public static readonly TimeSpan Polling = TimeSpan.FromSeconds(2);

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly List<string> _paths;
    private readonly ITimer _settled;
    private readonly ITimer _poll;
    private string _seen;

    /// <summary>Begins to watch.</summary>
    /// <param name="paths">Files and folders that exist.</param>
    /// <param name="changed">Called after a change, one call at a time.</param>
    /// <param name="time">The clock by which changes settle.</param>
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
        _paths = [.. paths.Select(Path.GetFullPath)];
        _seen = Look();
        _watchers.AddRange(_paths.Select(TryWatch).OfType<FileSystemWatcher>());
        _poll = time.CreateTimer(_ => Poll(), null, Polling, Polling);
    }

    /// <summary>Ends watching.</summary>
    public void Dispose()
    {
        _poll.Dispose();
        _watchers.ForEach(watcher => watcher.Dispose());
        _settled.Dispose();
    }

    /// <summary>
    /// A watch of the system's; null where it has none to give, or the path is gone. The files are looked at all the same.
    /// </summary>
    private FileSystemWatcher? TryWatch(string path)
    {
        try
        {
            return Watch(path);
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Poll()
    {
        var now = Look();
        if (now != _seen)
        {
            _seen = now;
            _settled.Change(Settling, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>What can be seen of the files without reading them.</summary>
    private string Look() => string.Join('\n', _paths.SelectMany(Look));

    private static IEnumerable<string> Look(string path)
    {
        try
        {
            var files = Directory.Exists(path) ? new DirectoryInfo(path).GetFiles() : [new FileInfo(path)];
            return [.. files.Select(file => file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file)
                .Select(file => $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [path];
        }
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
        watcher.Error += (_, _) => _settled.Change(Settling, Timeout.InfiniteTimeSpan);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Touch(object sender, FileSystemEventArgs change) => _settled.Change(Settling, Timeout.InfiniteTimeSpan);
}
