namespace Bookinfo.ServiceDefaults.Upstreams;

/// <summary>A call to another service brought no answer at all: no connection, no answer in time, or not even tried (circuit open, bulkhead full).</summary>
/// <param name="upstream">The service's name.</param>
/// <param name="reason">What happened, in a few words.</param>
/// <param name="cause">The exception behind it.</param>
public sealed class UpstreamException(string upstream, string reason, Exception? cause = null) : Exception($"{upstream}: {reason}", cause)
{
    /// <summary>The service's name.</summary>
    public string Upstream { get; } = upstream;
}
