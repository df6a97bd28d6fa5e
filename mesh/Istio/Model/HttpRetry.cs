namespace Bookinfo.Mesh.Istio.Model;

/// <summary>Retries of a route.</summary>
public sealed record HttpRetry
{
    /// <summary>How many retries after the first try; 0 switches them off.</summary>
    public required int Attempts { get; init; }

    /// <summary>Time for each try; null is the route's timeout.</summary>
    public TimeSpan? PerTryTimeout { get; init; }

    /// <summary>Conditions, separated by commas: Envoy's names, or status codes. Null is Istio's default.</summary>
    public string? RetryOn { get; init; }

    /// <summary>False lets a retry go to a host already tried; null is true.</summary>
    public bool? RetryIgnorePreviousHosts { get; init; }

    /// <summary>Base of the exponential back-off; null is 25 ms.</summary>
    public TimeSpan? Backoff { get; init; }
}

/// <summary>Faults on purpose. Delay and abort draw lots independently, delay first.</summary>
public sealed record HttpFaultInjection
{
    /// <summary>Lets requests wait.</summary>
    public HttpFaultDelay? Delay { get; init; }

    /// <summary>Answers in the destination's place.</summary>
    public HttpFaultAbort? Abort { get; init; }
}

/// <summary>Lets requests wait before they are forwarded.</summary>
public sealed record HttpFaultDelay
{
    /// <summary>How long; zero where the rule does not say, and then nothing waits.</summary>
    public required TimeSpan FixedDelay { get; init; }

    /// <summary>Share of the requests, 0 to 100; null is none. Also set from the deprecated <c>percent</c>.</summary>
    public double? Percentage { get; init; }
}

/// <summary>Answers in the destination's place. One of the two is set.</summary>
public sealed record HttpFaultAbort
{
    /// <summary>HTTP status, 200 to 599.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>gRPC status by name: <c>UNAVAILABLE</c>.</summary>
    public string? GrpcStatus { get; init; }

    /// <summary>Share of the requests, 0 to 100; null is none.</summary>
    public double? Percentage { get; init; }
}

/// <summary>Cross-origin requests of browsers.</summary>
public sealed record CorsPolicy
{
    /// <summary>Origins that are allowed. Also set from the deprecated <c>allowOrigin</c>.</summary>
    public IReadOnlyList<StringMatch> AllowOrigins { get; init => field = Values.List(value); } = Values.None<StringMatch>();

    /// <summary>Methods that are allowed (Access-Control-Allow-Methods).</summary>
    public IReadOnlyList<string> AllowMethods { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Request headers that are allowed (Access-Control-Allow-Headers).</summary>
    public IReadOnlyList<string> AllowHeaders { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Response headers that scripts may read (Access-Control-Expose-Headers).</summary>
    public IReadOnlyList<string> ExposeHeaders { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>How long a browser may keep a preflight's answer.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Whether requests may carry credentials.</summary>
    public bool? AllowCredentials { get; init; }

    /// <summary>What becomes of a preflight whose origin does not match; null is <see cref="UnmatchedPreflights.Forward"/>.</summary>
    public UnmatchedPreflights? UnmatchedPreflights { get; init; }
}

/// <summary>What becomes of a preflight whose origin does not match.</summary>
public enum UnmatchedPreflights
{
    /// <summary>As <see cref="Forward"/>.</summary>
    Unspecified,

    /// <summary>It goes to the destination.</summary>
    Forward,

    /// <summary>It is answered 200 without CORS headers.</summary>
    Ignore,
}

/// <summary>Changes to headers.</summary>
public sealed record Headers
{
    /// <summary>Of the request, before it is forwarded.</summary>
    public HeaderOperations? Request { get; init; }

    /// <summary>Of the response, before it is handed back.</summary>
    public HeaderOperations? Response { get; init; }
}

/// <summary>Changes to headers: remove, then set, then add.</summary>
public sealed record HeaderOperations
{
    /// <summary>Overwrites.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init => field = Values.Map(value); } = Values.NoMap<string>();

    /// <summary>Appends.</summary>
    public IReadOnlyDictionary<string, string> Add { get; init => field = Values.Map(value); } = Values.NoMap<string>();

    /// <summary>Removes.</summary>
    public IReadOnlyList<string> Remove { get; init => field = Values.List(value); } = Values.None<string>();
}
