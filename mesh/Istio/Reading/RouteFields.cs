using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields that HTTPRoute and GRPCRoute have in common.</summary>
internal static class RouteFields
{
    public static IReadOnlyList<ParentReference> Parents(ObjectReader spec)
    {
        // How a service mesh or a Gateway that selects routes by itself finds them; neither is part of Istio (GEP-3539).
        spec.Skip("useDefaultGateways");
        return spec.Objects("parentRefs", "ParentReference", Parent);
    }

    public static ParentReference Parent(ObjectReader parent) => new()
    {
        Group = parent.Text("group"),
        Kind = parent.Text("kind"),
        Name = Required(parent, "name"),
        Namespace = parent.Text("namespace"),
        SectionName = parent.Text("sectionName"),
        Port = parent.Int32("port"),
    };

    public static BackendObjectReference Object(ObjectReader backend) => new()
    {
        Group = backend.Text("group"),
        Kind = backend.Text("kind"),
        Name = Required(backend, "name"),
        Namespace = backend.Text("namespace"),
        Port = backend.Int32("port"),
    };

    public static IReadOnlyList<BackendRef> Backends(ObjectReader rule, string message, string filterMessage) =>
        rule.Objects("backendRefs", message, backend => new BackendRef
        {
            Group = backend.Text("group"),
            Kind = backend.Text("kind"),
            Name = Required(backend, "name"),
            Namespace = backend.Text("namespace"),
            Port = backend.Int32("port"),
            Weight = backend.Int32("weight"),
            Filters = RouteFilterFields.Read(backend, filterMessage),
        });

    public static IReadOnlyList<NamedValueMatch> Values(ObjectReader match, string name, string message) =>
        match.Objects(name, message, value => new NamedValueMatch
        {
            Type = value.Name("type", GatewayApiNames.ValueMatch),
            Name = Required(value, "name"),
            Value = Required(value, "value"),
        });

    public static ValueMatchType? MatchType(ObjectReader match) => match.Name("type", GatewayApiNames.ValueMatch);

    /// <summary>A text without which the object means nothing.</summary>
    public static string Required(ObjectReader owner, string name)
    {
        var text = owner.Text(name);
        if (!owner.Has(name))
        {
            owner.Error(name, $"a {name} is required", $"write {name}: ...");
        }

        return text ?? "";
    }
}
