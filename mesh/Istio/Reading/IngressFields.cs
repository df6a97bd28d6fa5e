using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of Ingress and IngressClass.</summary>
internal static class IngressFields
{
    public static Ingress Ingress(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        IngressClassName = spec.Text("ingressClassName") is { Length: > 0 } name ? name : null,
        DefaultBackend = spec.Object("defaultBackend", "IngressBackend", Backend),
        Tls = spec.Objects("tls", "IngressTLS", tls => new IngressTls
        {
            Hosts = tls.Texts("hosts"),
            SecretName = tls.Text("secretName") is { Length: > 0 } secret ? secret : null,
        }),
        Rules = spec.Objects("rules", "IngressRule", rule => new IngressRule
        {
            Host = rule.Text("host") is { Length: > 0 } host ? host : null,
            Paths = rule.Object("http", "HTTPIngressRuleValue", Paths) ?? Values.None<HttpIngressPath>(),
        }),
    };

    public static IngressClass IngressClass(ObjectReader spec, Metadata metadata, SourceMap source)
    {
        spec.Skip("parameters");
        return new IngressClass
        {
            Metadata = metadata,
            Source = source,
            Controller = spec.Text("controller") is { Length: > 0 } controller ? controller : null,
        };
    }

    private static IReadOnlyList<HttpIngressPath> Paths(ObjectReader http)
    {
        var paths = http.Objects("paths", "HTTPIngressPath", path =>
        {
            if (!path.Has("backend"))
            {
                path.Error("backend", "a backend is required", "write backend: {service: {name: ..., port: {number: 80}}}");
            }

            return new HttpIngressPath
            {
                Path = path.Text("path") is { Length: > 0 } text ? text : null,
                PathType = path.Name("pathType", IngressNames.PathType),
                Backend = path.Object("backend", "IngressBackend", Backend) ?? new IngressBackend(),
            };
        });
        if (paths.Count == 0 && !http.HasErrors)
        {
            http.Error("paths", "there is at least one path", "write paths: [{path: /, pathType: Prefix, backend: ...}]");
        }

        return paths;
    }

    private static IngressBackend Backend(ObjectReader backend) => new()
    {
        Service = backend.Object("service", "IngressServiceBackend", Service),
        Resource = backend.Object("resource", "TypedLocalObjectReference", resource => new IngressResourceBackend(
            resource.Text("apiGroup") is { Length: > 0 } group ? group : null,
            RouteFields.Required(resource, "kind"), RouteFields.Required(resource, "name"))),
    };

    private static IngressServiceBackend Service(ObjectReader service)
    {
        string? name = null;
        int? number = null;
        service.Object("port", "ServiceBackendPort", port =>
        {
            name = port.Text("name") is { Length: > 0 } text ? text : null;
            number = port.Int32("number");
            return port;
        });
        return new IngressServiceBackend { Name = RouteFields.Required(service, "name"), PortName = name, PortNumber = number };
    }
}
