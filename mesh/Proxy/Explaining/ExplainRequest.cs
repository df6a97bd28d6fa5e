namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>A request that is not sent, to ask where it would go.</summary>
/// <param name="Caller">Who would send it: a pod's name, a workload's (<c>productpage-v1</c>), an app's, or <c>gateway</c> (also <c>istio-ingressgateway</c>) for somebody outside.</param>
/// <param name="Method">The method.</param>
/// <param name="Url">Absolute: scheme, host with port, path and query.</param>
/// <param name="Headers">Headers, a name possibly several times.</param>
public sealed record ExplainRequest(string Caller, string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers);
