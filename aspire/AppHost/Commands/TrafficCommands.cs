using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bookinfo.AppHost.Commands;

/// <summary>What the dashboard can do to a pod's traffic, by the API of the traffic console.</summary>
internal static class TrafficCommands
{
    private const string PercentInput = "percent";
    private static readonly TimeSpan ShownFor = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Adds the commands to a pod. The one that shifts traffic is there where another release runs from which traffic can come.
    /// </summary>
    /// <param name="resource">The pod's resource.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="pods">All pods.</param>
    public static IResourceBuilder<ProjectResource> WithTrafficCommands(
        this IResourceBuilder<ProjectResource> resource, IResourceBuilder<ProjectResource> mesh, Pod pod, IReadOnlyList<Pod> pods)
    {
        var console = ConsoleOf(mesh);
        if (pods.Any(other => other.Service == pod.Service && other.Release != pod.Release))
        {
            resource.WithConsoleCommand("shift", "Shift traffic here", "Moves a share of all requests to the service to this release.",
                "ArrowTrendingLines",
                context => console.ShiftAsync(pod, context.Arguments.GetInt32(PercentInput), context.CancellationToken), Percent());
        }

        return resource
            .WithConsoleCommand("break", "Break",
                "Every answer of this pod is a 503. Its probes stay green, so that only the mesh can find out.", "PlugDisconnected",
                context => console.BreakAsync(pod, new Fault(Status: 503, DelayMilliseconds: 0), context.CancellationToken))
            .WithConsoleCommand("delay", "Delay", "Every answer of this pod takes 3 s longer.", "Timer",
                context => console.BreakAsync(pod, new Fault(Status: 0, DelayMilliseconds: 3_000), context.CancellationToken))
            .WithConsoleCommand("heal", "Heal", "Takes back Break and Delay.", "HeartPulse",
                context => console.HealAsync(pod, context.CancellationToken));
    }

    /// <summary>Adds the command that puts the rules of the start back.</summary>
    /// <param name="mesh">The mesh.</param>
    public static IResourceBuilder<ProjectResource> WithResetCommand(this IResourceBuilder<ProjectResource> mesh) =>
        mesh.WithConsoleCommand("reset-rules", "Reset rules", "Puts the rules with which the mesh started back in force.", "ArrowReset",
            context => ConsoleOf(mesh).ResetAsync(context.CancellationToken), highlighted: true);

    private static ConsoleClient ConsoleOf(IResourceBuilder<ProjectResource> mesh) => new(mesh.GetEndpoint(MeshResource.ConsoleEndpoint));

    private static CommandOptions Percent() => new()
    {
        Arguments =
        [
            new InteractionInput
            {
                Name = PercentInput,
                Label = "Percent",
                Description = "How many of a hundred requests move here from the other releases, 1 to 100.",
                InputType = InputType.Number,
                Value = "10",
                Required = true,
            },
        ],
        IsHighlighted = true,
        ValidateArguments = context =>
        {
            var input = context.Inputs[PercentInput];
            if (!int.TryParse(input.Value, out var percent) || percent is < 1 or > 100)
            {
                context.AddValidationError(input, "Enter a whole number from 1 to 100.");
            }

            return Task.CompletedTask;
        },
    };

    private static IResourceBuilder<ProjectResource> WithConsoleCommand(
        this IResourceBuilder<ProjectResource> resource, string name, string title, string description, string icon,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> run, CommandOptions? options = null, bool highlighted = false)
    {
        options ??= new CommandOptions { IsHighlighted = highlighted };
        (options.Description, options.IconName) = (description, icon);

        // A command that is only disabled keeps its place in the row, in front of Start.
        options.UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled
            : ResourceCommandState.Hidden;
        return resource.WithCommand(name, title, async context => Tell(await run(context), context), options);
    }

    // The dashboard itself shows the sentence of a command that succeeded only among its notifications, which are closed: a bar on the
    // page, and a line of the log.
    private static ExecuteCommandResult Tell(ExecuteCommandResult result, ExecuteCommandContext context)
    {
        if (result is { Success: true, Message: { } sentence })
        {
            context.Logger.LogInformation("{Sentence}", sentence);
            var interaction = context.Services.GetRequiredService<IInteractionService>();
            if (interaction.IsAvailable)
            {
                _ = ShowAsync(interaction, sentence);
            }
        }

        return result;
    }

    private static async Task ShowAsync(IInteractionService interaction, string sentence)
    {
        using var shown = new CancellationTokenSource(ShownFor);
        try
        {
            await interaction.PromptNotificationAsync(sentence, "", new NotificationInteractionOptions { Intent = MessageIntent.Success },
                shown.Token);
        }
        catch (OperationCanceledException)
        {
            // Shown for long enough.
        }
    }
}
