using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields that HTTPRoute and GRPCRoute have in common.</summary>
internal static class RouteFields
{
    /// <summary>The route with the fields that both kinds have.</summary>
    public static T Route<T>(ObjectReader spec, T route)
        where T : RouteResource
    {
        // How a service mesh or a Gateway that selects routes by itself finds them; neither is part of Istio (GEP-3539).
        spec.Skip("useDefaultGateways");
        return route with
        {
            ParentRefs = spec.Objects("parentRefs", "ParentReference", Parent),
            Hostnames = spec.Texts("hostnames"),
        };
    }

    /// <summary>The rule with the fields that both kinds have.</summary>
    public static T Rule<T>(ObjectReader reader, string backendMessage, string filterMessage, T rule)
        where T : RouteRule => rule with
        {
            Name = reader.Text("name"),
            Filters = RouteFilterFields.Read(reader, filterMessage),
            BackendRefs = Backends(reader, backendMessage, filterMessage),
            SessionPersistence = !reader.IsExperimental ? null
                : reader.Object("sessionPersistence", "SessionPersistence", session => new SessionPersistence
                {
                    SessionName = session.Text("sessionName") is { Length: > 0 } name ? name : null,
                    AbsoluteTimeout = session.Duration("absoluteTimeout"),
                    Type = session.Name("type", GatewayApiNames.SessionPersistence),
                    LifetimeType = session.Object("cookieConfig", "CookieConfig", cookie =>
                        new CookieConfig(cookie.Name("lifetimeType", GatewayApiNames.CookieLifetime)))?.LifetimeType,
                }),
        };

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

    private static IReadOnlyList<BackendRef> Backends(ObjectReader rule, string message, string filterMessage) =>
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

    private sealed record CookieConfig(CookieLifetime? LifetimeType);
}
