using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a VirtualService and of its routes.</summary>
internal static class VirtualServiceFields
{
    public static VirtualService Read(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        Hosts = spec.Texts("hosts"),
        Gateways = spec.Texts("gateways"),
        Http = spec.Objects("http", "HTTPRoute", Route),
        ExportTo = spec.Texts("exportTo"),
    };

    private static HttpRoute Route(ObjectReader route) => new()
    {
        Name = route.Text("name"),
        Match = route.Objects("match", "HTTPMatchRequest", HttpMatchFields.Read),
        Route = route.Objects("route", "HTTPRouteDestination", Weighted),
        Redirect = route.Object("redirect", "HTTPRedirect", HttpActionFields.Redirect),
        DirectResponse = route.Object("directResponse", "HTTPDirectResponse", HttpActionFields.DirectResponse),
        Delegate = route.Object("delegate", "Delegate", Delegate),
        Rewrite = route.Object("rewrite", "HTTPRewrite", HttpActionFields.Rewrite),
        Timeout = route.Duration("timeout"),
        Retries = route.Object("retries", "HTTPRetry", HttpPolicyFields.Retry),
        Fault = route.Object("fault", "HTTPFaultInjection", HttpPolicyFields.Fault),
        Mirror = route.Object("mirror", "Destination", Destination),
        MirrorPercentage = MirrorPercentage(route),
        Mirrors = route.Objects("mirrors", "HTTPMirrorPolicy", Mirror),
        CorsPolicy = route.Object("corsPolicy", "CorsPolicy", HttpPolicyFields.Cors),
        Headers = route.Object("headers", "Headers", Headers),
    };

    public static HttpRouteDestination Weighted(ObjectReader route) => new()
    {
        Destination = RequiredDestination(route),
        Weight = route.Int32("weight") ?? 0,
        Headers = route.Object("headers", "Headers", Headers),
    };

    private static HttpMirrorPolicy Mirror(ObjectReader mirror) => new()
    {
        Destination = RequiredDestination(mirror),
        Percentage = mirror.Percent("percentage"),
    };

    private static Destination RequiredDestination(ObjectReader owner)
    {
        if (owner.Object("destination", "Destination", Destination) is { } destination)
        {
            return destination;
        }

        if (!owner.Has("destination"))
        {
            owner.Error("destination", "a destination is required", "write destination: {host: ...}");
        }

        return new Destination { Host = "" };
    }

    private static Destination Destination(ObjectReader destination) => new()
    {
        Host = destination.Text("host") ?? "",
        Subset = destination.Text("subset") is { Length: > 0 } subset ? subset : null,
        Port = destination.PortSelector("port"),
    };

    public static Model.Delegate Delegate(ObjectReader reference) => new()
    {
        Name = reference.Text("name") ?? "",
        Namespace = reference.Text("namespace") is { Length: > 0 } name ? name : null,
    };

    public static Headers Headers(ObjectReader headers) => new()
    {
        Request = headers.Object("request", "HeaderOperations", Operations),
        Response = headers.Object("response", "HeaderOperations", Operations),
    };

    private static HeaderOperations Operations(ObjectReader operations) => new()
    {
        Set = operations.TextMap("set"),
        Add = operations.TextMap("add"),
        Remove = operations.Texts("remove"),
    };

    private static double? MirrorPercentage(ObjectReader route)
    {
        var percentage = route.Percent("mirrorPercentage");
        var percent = Deprecated.Percent(route, "mirrorPercent", "mirrorPercentage: {value: ...}");
        return percentage ?? percent;
    }
}
