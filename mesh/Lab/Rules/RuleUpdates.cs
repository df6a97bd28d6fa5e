using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>
/// Puts rules in force again whenever their files change, and tells of it. A change that cannot be used is told too, and the previous rules
/// stay active.
/// </summary>
internal sealed class RuleUpdates : IDisposable
{
    private const string NotApplied = "Not applied. The previous rules are still active.";

    private readonly IReadOnlyList<string> _paths;
    private readonly RuleStore _store;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly RuleWatcher _watcher;
    private IReadOnlyList<RuleSource> _last = [];

    private RuleUpdates(IReadOnlyList<string> paths, RuleStore store, TextWriter output, TextWriter error, TimeProvider time)
    {
        (_paths, _store, _output, _error) = (paths, store, output, error);
        _watcher = new RuleWatcher(paths, Update, time);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="paths">Files and folders; none for nothing to watch.</param>
    /// <param name="store">Where the rules are handed in.</param>
    /// <param name="output">Where a change is told.</param>
    /// <param name="error">Where a change that cannot be used is told.</param>
    /// <param name="time">The clock by which changes settle.</param>
    /// <returns>What ends watching, or null where there is nothing to watch.</returns>
    public static RuleUpdates? Watch(IReadOnlyList<string> paths, RuleStore store, TextWriter output, TextWriter error, TimeProvider time)
    {
        try
        {
            return paths.Count == 0 || paths.Contains(RuleFiles.StandardInput) ? null : new RuleUpdates(paths, store, output, error, time);
        }
        catch (IOException e)
        {
            error.WriteLine($"The rules are in force, but changes of their files will not be noticed: {e.Message}");
            return null;
        }
    }

    /// <summary>Ends watching.</summary>
    public void Dispose() => _watcher.Dispose();

    private void Update()
    {
        try
        {
            if (_paths.FirstOrDefault(path => File.Exists(path) && !RuleFiles.IsRegular(path)) is { } stream)
            {
                _error.WriteLine($"{stream} is empty, a pipe or a device. {NotApplied}");
                return;
            }

            Apply(RulePlaces.Load(_paths));
        }
        catch (UserErrorException e)
        {
            _error.WriteLine($"{e.Message} {NotApplied}");
        }
#pragma warning disable CA1031 // This runs on a timer: whatever a file brings about, the mesh goes on and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _error.WriteLine($"{string.Join(", ", _paths)}: {e.Message} {NotApplied}");
        }
    }

    private void Apply(IReadOnlyList<RuleSource> sources)
    {
        if (sources.SequenceEqual(_last))
        {
            return;
        }

        _last = sources;
        var prepared = _store.Replace(sources, RuleAuthor.File);
        StartingRules.Tell(prepared.Problems, _error);
        if (prepared.HasErrors)
        {
            _error.WriteLine($"The changed rules have errors. {NotApplied}");
        }
        else
        {
            _output.WriteLine($"The changed rules are in force: {string.Join(", ", _paths)}");
        }
    }
}
