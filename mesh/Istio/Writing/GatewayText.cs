using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the specs of Gateway and ServiceEntry.</summary>
internal sealed class GatewayText(ObjectWriter fields)
{
    public void Write(Gateway gateway)
    {
        fields.Texts("selector", gateway.Selector);
        fields.Objects("servers", gateway.Servers, server =>
        {
            fields.Text("name", server.Name);
            fields.Object("port", server.Port, port =>
            {
                fields.Number("number", port.Number);
                fields.Text("name", port.Name);
                fields.Text("protocol", port.Protocol);
            });
            fields.Texts("hosts", server.Hosts);
        });
    }

    public void Write(ServiceEntry entry)
    {
        fields.Texts("hosts", entry.Hosts);
        fields.Texts("addresses", entry.Addresses);
        fields.Objects("ports", entry.Ports, port =>
        {
            fields.Number("number", port.Number);
            fields.Text("name", port.Name);
            fields.Text("protocol", port.Protocol);
            fields.Number("targetPort", port.TargetPort);
        });
        fields.Name("location", (ServiceEntryLocation?)entry.Location, EnumNames.Location);
        fields.Name("resolution", (ServiceEntryResolution?)entry.Resolution, EnumNames.Resolution);
        fields.Objects("endpoints", entry.Endpoints, endpoint =>
        {
            fields.Text("address", endpoint.Address);
            fields.Map("ports", endpoint.Ports, (name, port) => fields.Number(name, port));
            fields.Texts("labels", endpoint.Labels);
        });
        fields.Texts("exportTo", entry.ExportTo);
    }
}
