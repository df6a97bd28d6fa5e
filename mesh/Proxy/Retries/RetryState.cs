using System.Net.Http.Headers;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>What one request has left of its retries, and where it has been. Kept with the exchange and used again.</summary>
internal sealed class RetryState
{
    private readonly List<UpstreamHost> _tried = [];
    private RetryPolicy? _policy;
    private ReplayableBody? _body;
    private int _left;

    /// <summary>Set while a try is given up for another.</summary>
    public bool Again { get; private set; }

    public RetryPolicy? Policy => _policy;

    public void Begin(RetryPolicy? policy, ReplayableBody? body)
    {
        _policy = policy;
        _body = body;
        _left = policy?.Retries ?? 0;
        _tried.Clear();
        Again = false;
    }

    /// <summary>A try begins: what the one before asked for is done, whether this one comes as far as an endpoint or not.</summary>
    public void Trying() => Again = false;

    /// <summary>Notes where the try goes.</summary>
    public void GoingTo(UpstreamHost host)
    {
        if (_policy is { AvoidsTriedHosts: true })
        {
            _tried.Add(host);
        }
    }

    public bool HasTried(UpstreamHost host) => _tried.Contains(host);

    /// <summary>Decides on an answer that has begun; true gives it up. The flags tell why it is handed back although it was worth another try.</summary>
    public bool Decide(HttpResponseHeaders headers, int status, int? grpcStatus, Cluster cluster, out ResponseFlags flags)
    {
        flags = ResponseFlags.None;
        if (_policy is null)
        {
            return false;
        }

        var values = headers.NonValidated;
        return _policy.Wants(status, grpcStatus, values.Contains("x-envoy-overloaded"), values.Contains("x-envoy-ratelimited")) && Spend(cluster, out flags);
    }

    /// <summary>Decides on a try without an answer.</summary>
    public bool Decide(UpstreamFailureKind failure, Cluster cluster, out ResponseFlags flags)
    {
        flags = ResponseFlags.None;
        return _policy is not null && _policy.Wants(failure) && Spend(cluster, out flags);
    }

    private bool Spend(Cluster cluster, out ResponseFlags flags)
    {
        flags = ResponseFlags.None;
        if (_body is { CanReplay: false })
        {
            return false;
        }

        if (_left == 0)
        {
            flags = ResponseFlags.UpstreamRetryLimitExceeded;
            return false;
        }

        if (!cluster.Limits.AllowsRetry)
        {
            flags = ResponseFlags.UpstreamOverflow;
            return false;
        }

        _left--;
        return Again = true;
    }
}
