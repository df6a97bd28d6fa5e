namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>Finds a caller by what a person calls it.</summary>
internal static class CallerNames
{
    /// <summary>
    /// The caller of a name: <c>gateway</c>, or a pod's, a workload's or an app's in this order; null where there is none.
    /// </summary>
    public static Caller? Find(IReadOnlyList<Caller> callers, string name) =>
        callers.FirstOrDefault(caller => caller.IsGateway && name is "gateway" or "ingressgateway")
        ?? callers.FirstOrDefault(caller => caller.Name == name)
        ?? callers.FirstOrDefault(caller => caller.Workload.Name == name)
        ?? callers.FirstOrDefault(caller => caller.Workload.App == name);
}
