namespace Bookinfo.AppHost.Commands;

/// <summary>What the dashboard can do to a pod's traffic, by the API of the traffic console.</summary>
internal static class TrafficCommands
{
    /// <summary>Adds the commands. Those that shift traffic are there where a service has another release to shift it from.</summary>
    /// <param name="resource">The pod's resource.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="pod">The pod.</param>
    public static IResourceBuilder<ProjectResource> WithTrafficCommands(
        this IResourceBuilder<ProjectResource> resource, IResourceBuilder<ProjectResource> mesh, Pod pod)
    {
        var console = new ConsoleClient(mesh.GetEndpoint(MeshResource.ConsoleEndpoint));
        if (pod.Service.Releases.Count > 1)
        {
            resource
                .WithConsoleCommand("shift-10", "Shift 10 % here", "ArrowTrendingLines", "Ten more of a hundred requests go to this release.", true,
                    token => console.ShiftAsync(pod, 10, token))
                .WithConsoleCommand("shift-all", "All traffic here", "ArrowRight", "Every request to the service goes to this release.", true,
                    token => console.ShiftAsync(pod, 100, token));
        }

        return resource
            .WithConsoleCommand("break", "Break it", "PlugDisconnected", "Every answer of this pod is a 503; its probes stay green, so only the mesh can find out.", false,
                token => console.BreakAsync(pod, new Fault(Status: 503, DelayMilliseconds: 0), token))
            .WithConsoleCommand("delay", "Delay it", "Timer", "Every answer of this pod takes 3 s longer.", false,
                token => console.BreakAsync(pod, new Fault(Status: 0, DelayMilliseconds: 3_000), token))
            .WithConsoleCommand("heal", "Heal it", "HeartPulse", "Takes back break and delay.", false,
                token => console.HealAsync(pod, token));
    }

    private static IResourceBuilder<ProjectResource> WithConsoleCommand(
        this IResourceBuilder<ProjectResource> resource, string name, string title, string icon, string description, bool highlighted,
        Func<CancellationToken, Task<ExecuteCommandResult>> run) =>
        resource.WithCommand(name, title, context => run(context.CancellationToken), new CommandOptions
        {
            Description = description,
            IconName = icon,
            IsHighlighted = highlighted,
            UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
        });
}
