using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a ServiceEntry.</summary>
internal static class ServiceEntryFields
{
    public static ServiceEntry Read(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        Hosts = spec.Texts("hosts"),
        Addresses = spec.Texts("addresses"),
        Ports = spec.Objects("ports", "ServicePort", Port),
        Location = spec.Name("location", EnumNames.Location) ?? ServiceEntryLocation.MeshExternal,
        Resolution = spec.Name("resolution", EnumNames.Resolution) ?? ServiceEntryResolution.None,
        Endpoints = spec.Objects("endpoints", "WorkloadEntry", Endpoint),
        ExportTo = spec.Texts("exportTo"),
    };

    private static ServicePort Port(ObjectReader port) => new()
    {
        Number = port.UInt32("number") ?? 0,
        Protocol = port.Text("protocol") is { Length: > 0 } protocol ? protocol : null,
        Name = port.Text("name") ?? "",
        TargetPort = port.UInt32("targetPort"),
    };

    private static WorkloadEntry Endpoint(ObjectReader endpoint) => new()
    {
        Address = endpoint.Text("address") ?? "",
        Ports = endpoint.UInt32Map("ports"),
        Labels = endpoint.TextMap("labels"),
    };
}
