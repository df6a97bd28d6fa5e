using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Bookinfo.AppHost;

/// <summary>
/// Tells in the dashboard what becomes of pods: a service's state says how many of its pods are ready, as the READY column of kubectl does,
/// and a pod that ended without being stopped is announced with a button that starts it again. Nothing restarts it by itself here; on a
/// cluster the kubelet does.
/// </summary>
/// <param name="model">The resources.</param>
/// <param name="notifications">Their states.</param>
/// <param name="commands">Starts a pod again.</param>
/// <param name="interaction">Announces.</param>
internal sealed class PodWatcher(
    DistributedApplicationModel model, ResourceNotificationService notifications, ResourceCommandService commands,
        IInteractionService interaction) : BackgroundService
{
    private readonly Dictionary<string, CustomResourceSnapshot> _pods = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var services = model.Resources.OfType<ServiceResource>().SelectMany(service => service.Pods.Select(pod => (pod, service)))
            .ToDictionary();
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (!services.TryGetValue(change.Resource.Name, out var service))
            {
                continue;
            }

            var before = _pods.GetValueOrDefault(change.Resource.Name);
            _pods[change.Resource.Name] = change.Snapshot;
            await ShowReadyAsync(service);
            if (IsIn(before, KnownResourceStates.Running) && KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text))
            {
                _ = OfferStartAsync(change, stoppingToken);
            }
        }
    }

    private static bool IsIn(CustomResourceSnapshot? pod, string state) => pod?.State?.Text == state;

    private Task ShowReadyAsync(ServiceResource service)
    {
        var ready = service.Pods.Count(name => _pods.TryGetValue(name, out var pod) && IsIn(pod, KnownResourceStates.Running)
            && pod.HealthStatus == HealthStatus.Healthy);
        var style = ready == service.Pods.Count ? KnownResourceStateStyles.Success : ready > 0 ? KnownResourceStateStyles.Warn
            : KnownResourceStateStyles.Info;
        return notifications.PublishUpdateAsync(service,
            snapshot => snapshot with { State = new ResourceStateSnapshot($"{ready} of {service.Pods.Count} ready", style) });
    }

    private async Task OfferStartAsync(ResourceEvent pod, CancellationToken cancellation)
    {
        if (!interaction.IsAvailable)
        {
            return;
        }

        var code = pod.Snapshot.ExitCode is { } exitCode ? $" with exit code {exitCode}" : "";
        var answer = await interaction.PromptNotificationAsync(
            $"{pod.Resource.Name} ended{code}",
            "The mesh no longer reaches this pod: requests that it picks for it fail with 503 UF.",
            new NotificationInteractionOptions { Intent = MessageIntent.Warning, PrimaryButtonText = "Start it again" },
            cancellation);
        if (answer is { Canceled: false, Data: true })
        {
            await commands.ExecuteCommandAsync(pod.ResourceId, KnownResourceCommands.StartCommand, cancellation);
        }
    }
}
