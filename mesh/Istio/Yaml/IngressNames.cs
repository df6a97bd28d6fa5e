using Bookinfo.Mesh.Istio.Ingresses;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>The names of the enumerations of Ingress.</summary>
internal static class IngressNames
{
    public static readonly EnumNames<IngressPathType> PathType = new(
        ("Exact", IngressPathType.Exact), ("Prefix", IngressPathType.Prefix),
        ("ImplementationSpecific", IngressPathType.ImplementationSpecific));
}
