using System.Globalization;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Reporting;
using Bookinfo.Mesh.TrafficConsole.Canary;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>Follows a canary to its end: a line for each thing that happens, none longer than 80 columns.</summary>
/// <param name="client">Steers it.</param>
/// <param name="request">What was asked for.</param>
/// <param name="plan">The releases, and where the new one is broken on purpose.</param>
/// <param name="output">Where lines are written.</param>
internal sealed class RolloutSession(RolloutClient client, RolloutRequest request, CanaryPlan plan, TextWriter output)
{
    private int _told;
    private bool _isBroken;

    /// <summary>Waits for the end.</summary>
    /// <returns>How it stood at the end.</returns>
    /// <exception cref="UserErrorException">The console is gone.</exception>
    public async Task<CanaryStatus> FollowAsync(CancellationToken stop)
    {
        DateTimeOffset? promotedAt = null;
        await foreach (var status in client.WatchAsync(stop))
        {
            await TellAsync(status);
            if (status.Phase is "Healthy" or "Degraded")
            {
                return status;
            }

            if (plan.BreakAt is { } percent && status.Weight >= percent && !_isBroken)
            {
                _isBroken = true;
                await client.BreakAsync(status.Service, status.To, stop);
            }

            var waits = status is { Phase: "Paused", PausedUntil: null } && status.PauseReasons.SequenceEqual(["CanaryPauseStep"]);
            if (request.Promote && waits && promotedAt != status.Events[^1].At)
            {
                promotedAt = status.Events[^1].At;
                await client.PromoteAsync(stop);
            }
        }

        throw new UserErrorException($"The console at {client.Address.Authority} has ended.");
    }

    private async Task TellAsync(CanaryStatus status)
    {
        _told = Math.Max(_told, status.EarlierEvents);
        for (; _told < status.EarlierEvents + status.Events.Count; _told++)
        {
            await output.WriteLineAsync(Format(status.Events[_told - status.EarlierEvents], status.StartedAt));
        }
    }

    private static string Format(CanaryEvent happened, DateTimeOffset startedAt)
    {
        var seconds = (happened.At - startedAt).TotalSeconds;
        var head = string.Create(CultureInfo.InvariantCulture, $"{seconds,7:0.0} s  ");
        var mark = happened.Kind switch { "Fault" => "!! ", "RollBack" => "<< ", "Promotion" => ">> ", _ => "" };
        return Wrapping.Wrap(head, mark + happened.Text);
    }
}
