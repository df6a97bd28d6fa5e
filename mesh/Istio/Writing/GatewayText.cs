using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the specs of Gateway and ServiceEntry.</summary>
internal sealed class GatewayText(YamlWriter yaml)
{
    public void Write(Gateway gateway)
    {
        yaml.Texts("selector", gateway.Selector);
        yaml.Objects("servers", gateway.Servers, server =>
        {
            yaml.Text("name", server.Name);
            yaml.Object("port", server.Port, port =>
            {
                yaml.Number("number", port.Number);
                yaml.Text("name", port.Name);
                yaml.Text("protocol", port.Protocol);
            });
            yaml.Texts("hosts", server.Hosts);
        });
    }

    public void Write(ServiceEntry entry)
    {
        yaml.Texts("hosts", entry.Hosts);
        yaml.Texts("addresses", entry.Addresses);
        yaml.Objects("ports", entry.Ports, port =>
        {
            yaml.Number("number", port.Number);
            yaml.Text("name", port.Name);
            yaml.Text("protocol", port.Protocol);
            yaml.Number("targetPort", port.TargetPort);
        });
        yaml.Name("location", (ServiceEntryLocation?)entry.Location, EnumNames.Location);
        yaml.Name("resolution", (ServiceEntryResolution?)entry.Resolution, EnumNames.Resolution);
        yaml.Objects("endpoints", entry.Endpoints, endpoint =>
        {
            yaml.Text("address", endpoint.Address);
            yaml.Map("ports", endpoint.Ports, (name, port) => yaml.Number(name, port));
            yaml.Texts("labels", endpoint.Labels);
        });
        yaml.Texts("exportTo", entry.ExportTo);
    }
}
