using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>What a command does that runs on: it follows changes of the rules, and keeps its memory small, until it is stopped.</summary>
internal static class Serving
{
    /// <summary>Watches the rules until the token is cancelled.</summary>
    /// <param name="rulePaths">Files and folders; none for nothing to watch.</param>
    /// <param name="store">Where changed rules are handed in.</param>
    /// <param name="output">Where a change is told.</param>
    /// <param name="error">Where a change that cannot be used is told.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task UntilStoppedAsync(IReadOnlyList<string> rulePaths, RuleStore store, TextWriter output, TextWriter error,
        CancellationToken stop)
    {
        using var memory = IdleMemory.OfThisProcess();
        using var updates = RuleUpdates.Watch(rulePaths, store, output, error, TimeProvider.System);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
        await output.WriteLineAsync("Stopping.");
    }
}
