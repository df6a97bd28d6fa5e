namespace Bookinfo.Mesh.TrafficConsole.Model;

/// <summary>
/// Ends and starts pods, and sets what they are told, where the console's process runs them itself. One change at a time.
/// </summary>
public interface IPodControl
{
    /// <summary>How many requests have reached a pod, retries included, probes and its fault switch not.</summary>
    /// <param name="pod">Its name.</param>
    long ReachedBy(string pod);

    /// <summary>Ends a pod at once: its connections break, and it takes no more. Nothing where it does not run.</summary>
    /// <param name="pod">Its name.</param>
    Task KillAsync(string pod);

    /// <summary>Starts a pod that was ended, at the same address. Nothing where it runs.</summary>
    /// <param name="pod">Its name.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">Its address is taken.</exception>
    Task StartAsync(string pod, CancellationToken cancellation);

    /// <summary>Whether the pods of all these services retry and break circuits themselves when they call others.</summary>
    /// <param name="services">The calling services.</param>
    bool HaveResilience(IReadOnlyList<string> services);

    /// <summary>Turns the patterns inside services on or off. Their pods restart, as they would in a rollout.</summary>
    /// <param name="services">The calling services.</param>
    /// <param name="on">Whether they retry and break circuits themselves.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    Task SetResilienceAsync(IReadOnlyList<string> services, bool on, CancellationToken cancellation);

    /// <summary>Starts what was ended, and turns the patterns off in every service: how things were at the start.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    Task ResetAsync(CancellationToken cancellation);
}
