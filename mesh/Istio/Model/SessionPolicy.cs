namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// That the requests of a session go to one pod: Envoy's filter <c>envoy.filters.http.stateful_session</c>, which a VirtualService has no
/// words for.
/// </summary>
/// <param name="Name">The name of the cookie or header that tells the session.</param>
/// <param name="IsHeader">Whether it is a header; else a cookie.</param>
/// <param name="Lifetime">How long a session lasts; null is without an end.</param>
/// <param name="IsPermanent">Whether the client keeps the cookie for that time, also beyond its own session.</param>
public sealed record SessionPolicy(string Name, bool IsHeader, TimeSpan? Lifetime, bool IsPermanent);
