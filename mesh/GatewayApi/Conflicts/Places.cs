using System.Globalization;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.GatewayApi.Conflicts;

/// <summary>How messages about several resources name them.</summary>
internal static class Places
{
    /// <summary><c>HTTPRoute/a (routes.yaml:1:1)</c>.</summary>
    public static string Of(Resource resource)
    {
        var place = resource.Source.Find("");
        return place.Line == 0 ? resource.Subject
            : string.Create(CultureInfo.InvariantCulture, $"{resource.Subject} ({resource.Source.File}:{place.Line}:{place.Column})");
    }

    /// <summary>Why one of two resources comes before the other: both orders ask for the age first.</summary>
    public static string WhyFirst(Resource first, Resource second) =>
        first.Metadata.CreationTimestamp == second.Metadata.CreationTimestamp ? "of the same age, the smaller name counts"
            : "it is the older one";
}
