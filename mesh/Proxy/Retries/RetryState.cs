using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>
/// What one request has left of its retries, and where it has been (<c>source/common/router/retry_state_impl.cc</c> of envoyproxy/envoy).
/// The object is used again for the next request.
/// </summary>
internal sealed class RetryState
{
    private RetryPolicy? _policy;
    private ReplayableBody? _body;
    private List<UpstreamHost>? _tried;
    private int _left;
    private bool _isGivenUp;

    /// <summary>The endpoints that the next attempt goes to only where there is no other.</summary>
    public IReadOnlyList<UpstreamHost> Tried => _tried ?? (IReadOnlyList<UpstreamHost>)[];

    /// <summary>Starts over, for another request.</summary>
    /// <param name="policy">When another attempt is made; null for never.</param>
    /// <param name="body">The request's body; null where it has none.</param>
    public void Begin(RetryPolicy? policy, ReplayableBody? body)
    {
        (_policy, _body, _left, _isGivenUp) = (policy, body, policy?.Retries ?? 0, false);
        _tried?.Clear();
    }

    /// <summary>There is no other attempt, whatever becomes of this one.</summary>
    public void GiveUp() => _isGivenUp = true;

    /// <summary>Decides on an answer that has begun. The gRPC status is that of the headers.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="host">Who gave it.</param>
    /// <param name="hasRoom">Whether the destination's limits allow one more retry.</param>
    public RetryDecision Decide(in UpstreamAnswer answer, UpstreamHost host, bool hasRoom) =>
        _policy is not null && _policy.Wants(answer) ? Spend(host, hasRoom) : RetryDecision.NotWanted;

    /// <summary>Decides on an attempt without an answer.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="host">The endpoint it went to; null where it did not come that far.</param>
    /// <param name="hasRoom">Whether the destination's limits allow one more retry.</param>
    public RetryDecision Decide(UpstreamFailureKind failure, UpstreamHost? host, bool hasRoom) =>
        _policy is not null && _policy.Wants(failure) ? Spend(host, hasRoom) : RetryDecision.NotWanted;

    private RetryDecision Spend(UpstreamHost? host, bool hasRoom)
    {
        if (_isGivenUp || _body is { CanReplay: false })
        {
            return RetryDecision.NotWanted;
        }

        if (_left == 0)
        {
            return RetryDecision.LimitExceeded;
        }

        if (!hasRoom)
        {
            return RetryDecision.Overflow;
        }

        _left--;
        if (host is not null && _policy!.AvoidsTriedHosts)
        {
            (_tried ??= []).Add(host);
        }

        return RetryDecision.Retry;
    }
}

/// <summary>Whether another attempt is made.</summary>
internal enum RetryDecision
{
    /// <summary>The policy does not ask for one, or the body cannot be sent again.</summary>
    NotWanted,

    /// <summary>Another attempt is made.</summary>
    Retry,

    /// <summary>It was worth one, but none is left.</summary>
    LimitExceeded,

    /// <summary>It was worth one, but the destination has as many retries under way as it may.</summary>
    Overflow,
}
