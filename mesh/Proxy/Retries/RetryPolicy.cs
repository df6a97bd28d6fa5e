using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>
/// When a try is followed by another, and by how many (<c>pilot/pkg/networking/core/route/retry/retry.go: ConvertPolicy</c>).
/// </summary>
internal sealed class RetryPolicy
{
    private static readonly TimeSpan DefaultBackOff = TimeSpan.FromMilliseconds(25);
    private readonly int[] _statusCodes;

    private RetryPolicy(int retries, string retryOn, TimeSpan? perTryTimeout, TimeSpan? backOff, bool avoidsTriedHosts)
    {
        Retries = retries;
        PerTryTimeout = perTryTimeout > TimeSpan.Zero ? perTryTimeout : null;
        BackOffBase = backOff > TimeSpan.Zero ? backOff.Value : DefaultBackOff;
        AvoidsTriedHosts = avoidsTriedHosts;
        RetryOn = retryOn;
        (Conditions, _statusCodes) = Parse(retryOn);
    }

    private RetryPolicy(RetryPolicy other, RetryConditions conditions, int retries, int[] statusCodes)
    {
        (PerTryTimeout, BackOffBase, AvoidsTriedHosts, RetryOn) =
            (other.PerTryTimeout, other.BackOffBase, other.AvoidsTriedHosts, other.RetryOn);
        (Conditions, Retries, _statusCodes) = (conditions, retries, statusCodes);
    }

    /// <summary>
    /// What a request has whose route switches retries off: headers may still ask for one (<c>config_impl.cc: RetryPolicyImpl</c>).
    /// </summary>
    public static RetryPolicy None { get; } = new(1, "", null, null, avoidsTriedHosts: false);

    /// <summary>
    /// What holds where a rule says nothing: two retries for requests that no application has seen. A 503 that a pod answers is handed back
    /// (<c>releasenotes/notes/50506.yaml</c>).
    /// </summary>
    public const string DefaultRetryOn = "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";

    /// <summary>Most tries after the first.</summary>
    public int Retries { get; }

    /// <summary>The conditions as the rule has them.</summary>
    public string RetryOn { get; }

    public RetryConditions Conditions { get; }

    /// <summary>For a try until its answer begins; null for the route's time.</summary>
    public TimeSpan? PerTryTimeout { get; }

    public TimeSpan BackOffBase { get; }

    /// <summary>The next try looks for an endpoint that has not been tried; not so where the request's key decides.</summary>
    public bool AvoidsTriedHosts { get; }

    /// <summary>The policy of a rule, Istio's default for a rule without one; null where retries are switched off.</summary>
    public static RetryPolicy? From(HttpRetry? retry, bool byHash) => retry switch
    {
        null => new RetryPolicy(2, DefaultRetryOn, null, null, !byHash),
        { Attempts: <= 0 } => null,
        _ => new RetryPolicy(
            retry.Attempts, string.IsNullOrWhiteSpace(retry.RetryOn) ? DefaultRetryOn : retry.RetryOn,
            retry.PerTryTimeout, retry.Backoff, retry.RetryIgnorePreviousHosts ?? !byHash),
    };

    /// <summary>The policy with what a request's headers add.</summary>
    /// <param name="more">Further conditions.</param>
    /// <param name="retries">Another number of retries; null for that of the policy.</param>
    /// <param name="statusCodes">Further codes for <see cref="RetryConditions.RetriableStatusCodes"/>.</param>
    public RetryPolicy With(RetryConditions more, int? retries, IEnumerable<int> statusCodes)
    {
        int[] codes = [.. _statusCodes, .. statusCodes];
        return more == RetryConditions.None && retries is null && codes.Length == _statusCodes.Length ? this
            : new RetryPolicy(this, Conditions | more, retries ?? Retries, codes);
    }

    /// <summary>
    /// Whether an answer that has begun is worth another try. The gRPC status is that of the headers, never of the trailers.
    /// </summary>
    public bool Wants(in UpstreamAnswer answer)
    {
        if (answer.IsOverloaded || (answer.IsRateLimited && !Has(RetryConditions.EnvoyRateLimited)))
        {
            return false;
        }

        var status = answer.Status;
        return (answer.IsRateLimited && Has(RetryConditions.EnvoyRateLimited))
            || (Has(RetryConditions.ServerError) && status is >= 500 and <= 599)
            || (Has(RetryConditions.GatewayError) && status is >= 502 and <= 504)
            || (Has(RetryConditions.Retriable4xx) && status == 409)
            || (Has(RetryConditions.RetriableStatusCodes) && Array.IndexOf(_statusCodes, status) >= 0)
            || (answer.GrpcStatus is { } code && Has(ConditionOf(code)));
    }

    /// <summary>Whether a try without an answer is worth another.</summary>
    public bool Wants(UpstreamFailureKind failure) => failure switch
    {
        UpstreamFailureKind.Connect =>
            Has(RetryConditions.ConnectFailure | RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset
            | RetryConditions.ResetBeforeRequest),
        UpstreamFailureKind.RefusedStream =>
            Has(RetryConditions.RefusedStream | RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset),
        UpstreamFailureKind.Termination or UpstreamFailureKind.Reset or UpstreamFailureKind.Protocol or UpstreamFailureKind.PerTryTimeout =>
            Has(RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset),
        _ => false,
    };

    private bool Has(RetryConditions any) => (Conditions & any) != 0;

    private static RetryConditions ConditionOf(int grpcStatus) => grpcStatus switch
    {
        1 => RetryConditions.Cancelled,
        4 => RetryConditions.DeadlineExceeded,
        8 => RetryConditions.ResourceExhausted,
        13 => RetryConditions.Internal,
        14 => RetryConditions.Unavailable,
        _ => RetryConditions.None,
    };

    private static (RetryConditions Conditions, int[] Codes) Parse(string retryOn)
    {
        var conditions = RetryConditions.None;
        var codes = new List<int>();
        foreach (var part in retryOn.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                codes.Add(code);
                conditions |= RetryConditions.RetriableStatusCodes;
            }
            else
            {
                conditions |= Istio.Names.RetryOn.Find(part)
                    ?? throw new ArgumentException($"retryOn has \"{part}\", which is not a condition of Envoy and no status code");
            }
        }

        return (conditions, [.. codes]);
    }
}

/// <summary>What decides on a retry once an answer has begun.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="GrpcStatus">The gRPC status in the headers; null where there is none.</param>
/// <param name="IsOverloaded">Whether the answer has <c>x-envoy-overloaded</c>.</param>
/// <param name="IsRateLimited">Whether the answer has <c>x-envoy-ratelimited</c>.</param>
internal readonly record struct UpstreamAnswer(int Status, int? GrpcStatus = null, bool IsOverloaded = false, bool IsRateLimited = false);

/// <summary>Why an attempt brought no answer.</summary>
internal enum UpstreamFailureKind
{
    /// <summary>No connection.</summary>
    Connect,

    /// <summary>The endpoint ended the connection.</summary>
    Termination,

    /// <summary>The endpoint reset the stream.</summary>
    Reset,

    /// <summary>The endpoint refused the stream before it looked at it.</summary>
    RefusedStream,

    /// <summary>The endpoint sent what is not HTTP.</summary>
    Protocol,

    /// <summary>The route's time ran out.</summary>
    Timeout,

    /// <summary>A try's time ran out.</summary>
    PerTryTimeout,

    /// <summary>No endpoint is healthy.</summary>
    NoHealthyUpstream,

    /// <summary>A limit of the connection pool.</summary>
    Overflow,

    /// <summary>The caller went away.</summary>
    CallerGone,

    /// <summary>The caller sent what is not HTTP.</summary>
    CallerError,
}
