using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the status of a resource of the Gateway API, without the times of its conditions.</summary>
internal sealed class StatusText(ObjectWriter writer)
{
    private readonly RouteText _routes = new(writer);

    public void Write(GatewayApiStatus status)
    {
        Conditions(status.Conditions);
        writer.Objects("listeners", status.Listeners, listener =>
        {
            writer.Text("name", listener.Name);
            writer.Number("attachedRoutes", listener.AttachedRoutes);
            writer.Objects("supportedKinds", listener.SupportedKinds, kind =>
            {
                writer.Text("group", Model.GatewayApiResource.Group);
                writer.Text("kind", kind);
            });
            Conditions(listener.Conditions);
        });
        writer.Objects("parents", status.Parents, parent =>
        {
            writer.Object("parentRef", parent.Parent, _routes.Parent);
            writer.Text("controllerName", GatewayClass.IstioController);
            Conditions(parent.Conditions);
        });
    }

    private void Conditions(IReadOnlyList<Condition> conditions) => writer.Objects("conditions", conditions, condition =>
    {
        writer.Text("type", condition.Type);
        writer.Text("status", condition.Status ? "True" : "False");
        writer.Text("reason", condition.Reason);
        writer.Text("message", condition.Message);
    });
}
