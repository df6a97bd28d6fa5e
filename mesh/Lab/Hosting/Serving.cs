using Bookinfo.Mesh.Lab.Rules;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>What a command does that runs on: it follows changes of the rules, and keeps its memory small, until it is stopped.</summary>
internal static class Serving
{
    /// <summary>Watches the rules until the token is cancelled.</summary>
    /// <param name="rulePaths">Files and folders; none for nothing to watch.</param>
    /// <param name="mesh">Where changed rules are handed in. Once it is quiet after a burst, its idle connections are closed.</param>
    /// <param name="output">Where a change is told.</param>
    /// <param name="error">Where a change that cannot be used is told.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task UntilStoppedAsync(IReadOnlyList<string> rulePaths, MeshHost mesh, TextWriter output, TextWriter error,
        CancellationToken stop)
    {
        using var memory = IdleMemory.OfThisProcess(mesh.CloseIdleConnections);
        using var updates = RuleUpdates.Watch(rulePaths, mesh.Rules, output, error, TimeProvider.System);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
        await output.WriteLineAsync("Stopping.");
    }
}
