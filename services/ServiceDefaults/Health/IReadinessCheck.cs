namespace Bookinfo.ServiceDefaults.Health;

/// <summary>Something a service needs before it can do its work, for example its database. Registered as a singleton; asked on each readiness probe.</summary>
public interface IReadinessCheck
{
    /// <summary>Looks, briefly, whether the service can do its work.</summary>
    /// <param name="cancellation">The probe gave up.</param>
    /// <returns>Null when all is well, otherwise what is missing, in words for an operator.</returns>
    ValueTask<string?> FindProblemAsync(CancellationToken cancellation);
}
