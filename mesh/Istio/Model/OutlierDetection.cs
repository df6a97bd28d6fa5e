namespace Bookinfo.Mesh.Istio.Model;

/// <summary>When a pod is left out for a while: the circuit breaker. Counted for each caller and destination.</summary>
public sealed record OutlierDetection
{
    /// <summary>5xx answers (and failures to connect) in a row that eject; null is 5, 0 is off.</summary>
    public int? Consecutive5xxErrors { get; init; }

    /// <summary>502, 503 and 504 answers (and failures to connect) in a row that eject; null and 0 are off.</summary>
    public int? ConsecutiveGatewayErrors { get; init; }

    /// <summary>Counts failures of the connection apart from the pod's own answers.</summary>
    public bool SplitExternalLocalOriginErrors { get; init; }

    /// <summary>Failures of the connection in a row that eject, where they are counted apart; null is 5.</summary>
    public int? ConsecutiveLocalOriginFailures { get; init; }

    /// <summary>Time between sweeps, which return the ejected; null is 10 s.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Times the number of ejections so far, is how long a pod is left out; null is 30 s.</summary>
    public TimeSpan? BaseEjectionTime { get; init; }

    /// <summary>Most pods ejected at once, in percent; null and 0 are 10.</summary>
    public int? MaxEjectionPercent { get; init; }

    /// <summary>With fewer healthy pods than this, in percent, ejected ones are used as well; null is 0: never.</summary>
    public int? MinHealthPercent { get; init; }

    /// <summary>Status codes that count as errors, in place of the 5xx; empty is the 5xx.</summary>
    public IReadOnlyList<int> OutlierDetectionHttpErrorCodes { get; init => field = Values.List(value); } = Values.None<int>();
}
