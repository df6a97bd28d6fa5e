namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>One request as a pod saw it, and who that pod was: what Istio's own echo application answers with.</summary>
/// <param name="Pod">Name of the pod, e.g. <c>c-v1-0</c>.</param>
/// <param name="Workload">Name of its release, e.g. <c>c-v1</c>.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Target">Path and query exactly as they came over the wire.</param>
/// <param name="Host"><c>Host</c> or <c>:authority</c>.</param>
/// <param name="Protocol"><c>HTTP/1.1</c> or <c>HTTP/2</c>.</param>
/// <param name="Headers">Every header but the host; the values of one name joined by a comma, names in lower case.</param>
/// <param name="Body">The body as text.</param>
public sealed record Echo(
    string Pod, string Workload, string Method, string Target, string Host, string Protocol, IReadOnlyDictionary<string, string> Headers,
        string Body);
