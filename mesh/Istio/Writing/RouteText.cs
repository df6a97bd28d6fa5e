using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the specs of HTTPRoute and GRPCRoute.</summary>
internal sealed class RouteText(ObjectWriter writer)
{
    private readonly RouteFilterText _filters = new(writer);

    public void Write(HttpRoute route)
    {
        Head(route);
        writer.Objects("rules", route.Rules, rule =>
        {
            writer.Text("name", rule.Name);
            writer.Objects("matches", rule.Matches, Match);
            _filters.Write(rule.Filters, GatewayApiNames.HttpFilter);
            writer.Object("retry", rule.Retry, retry =>
            {
                writer.Numbers("codes", retry.Codes);
                writer.Number("attempts", retry.Attempts);
                writer.Duration("backoff", retry.Backoff);
            });
            writer.Object("timeouts", rule.Timeouts, timeouts =>
            {
                writer.Duration("request", timeouts.Request);
                writer.Duration("backendRequest", timeouts.BackendRequest);
            });
            Targets(rule, GatewayApiNames.HttpFilter);
        });
    }

    public void Write(GrpcRoute route)
    {
        Head(route);
        writer.Objects("rules", route.Rules, rule =>
        {
            writer.Text("name", rule.Name);
            writer.Objects("matches", rule.Matches, match =>
            {
                writer.Object("method", match.Method, method =>
                {
                    writer.Name("type", method.Type, GatewayApiNames.ValueMatch);
                    writer.Text("service", method.Service);
                    writer.Text("method", method.Method);
                });
                Values("headers", match.Headers);
            });
            _filters.Write(rule.Filters, GatewayApiNames.GrpcFilter);
            Targets(rule, GatewayApiNames.GrpcFilter);
        });
    }

    /// <summary>The fields of a reference to a parent.</summary>
    public void Parent(ParentReference parent)
    {
        writer.Text("group", parent.Group);
        writer.Text("kind", parent.Kind);
        writer.Text("namespace", parent.Namespace);
        writer.Text("name", parent.Name);
        writer.Text("sectionName", parent.SectionName);
        writer.Number("port", parent.Port);
    }

    private void Head(RouteResource route)
    {
        writer.Objects("parentRefs", route.ParentRefs, Parent);
        writer.Texts("hostnames", route.Hostnames);
    }

    private void Match(HttpRouteMatch match)
    {
        writer.Object("path", match.Path, path =>
        {
            writer.Name("type", path.Type, GatewayApiNames.PathMatch);
            writer.Text("value", path.Value);
        });
        writer.Text("method", match.Method);
        Values("headers", match.Headers);
        Values("queryParams", match.QueryParams);
    }

    private void Values(string name, IReadOnlyList<NamedValueMatch> values) => writer.Objects(name, values, value =>
    {
        writer.Name("type", value.Type, GatewayApiNames.ValueMatch);
        writer.Text("name", value.Name);
        writer.Text("value", value.Value);
    });

    private void Targets(RouteRule rule, EnumNames<RouteFilterType> filters)
    {
        writer.Object("sessionPersistence", rule.SessionPersistence, session =>
        {
            writer.Text("sessionName", session.SessionName);
            writer.Duration("absoluteTimeout", session.AbsoluteTimeout);
            writer.Name("type", session.Type, GatewayApiNames.SessionPersistence);
            writer.Object("cookieConfig", session.LifetimeType is null ? null : session, cookie =>
                writer.Name("lifetimeType", cookie.LifetimeType, GatewayApiNames.CookieLifetime));
        });
        writer.Objects("backendRefs", rule.BackendRefs, backend =>
        {
            _filters.Backend(backend);
            writer.Number("weight", backend.Weight);
            _filters.Write(backend.Filters, filters);
        });
    }
}
