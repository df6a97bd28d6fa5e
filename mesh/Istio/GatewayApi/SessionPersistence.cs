namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>
/// That the requests of a session go to one pod (<c>apis/v1/shared_types.go: SessionPersistence</c>, GEP-1619; of the experimental
/// channel). It goes before the weights of backends.
/// </summary>
public sealed record SessionPersistence
{
    /// <summary>The name of the cookie or header; null for a generated one.</summary>
    public string? SessionName { get; init; }

    /// <summary>How long a session lasts; null is without an end.</summary>
    public TimeSpan? AbsoluteTimeout { get; init; }

    /// <summary>How a session is told; null is <see cref="SessionPersistenceType.Cookie"/>.</summary>
    public SessionPersistenceType? Type { get; init; }

    /// <summary>How long the client keeps the cookie; null is <see cref="CookieLifetime.Session"/>.</summary>
    public CookieLifetime? LifetimeType { get; init; }
}

/// <summary>How a session is told.</summary>
public enum SessionPersistenceType
{
    /// <summary>By a cookie.</summary>
    Cookie,

    /// <summary>By a header, which the answer has and the client sends with further requests.</summary>
    Header,
}

/// <summary>How long a client keeps a cookie.</summary>
public enum CookieLifetime
{
    /// <summary>As long as its own session lasts.</summary>
    Session,

    /// <summary>As long as the session persists, in <c>Max-Age</c>.</summary>
    Permanent,
}
