using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The kinds of the Gateway API: which there are, in which versions, and who reads them.</summary>
internal static class GatewayApiReader
{
    private const string Group = $"{GatewayApiResource.Group}/";

    /// <summary>Earlier versions mean the same as far as they go.</summary>
    private static readonly
        Dictionary<string, (string[] Versions, Func<ObjectReader, Metadata, SourceMap, GatewayApiResource> Read)> Kinds =
        new(StringComparer.Ordinal)
        {
            ["HTTPRoute"] = (["v1", "v1beta1", "v1alpha2"], HttpRouteFields.Read),
            ["GRPCRoute"] = (["v1", "v1alpha2"], GrpcRouteFields.Read),
            ["Gateway"] = (["v1", "v1beta1", "v1alpha2"], ListenerFields.Gateway),
            ["GatewayClass"] = (["v1", "v1beta1", "v1alpha2"], ListenerFields.GatewayClass),
            ["ReferenceGrant"] = (["v1", "v1beta1", "v1alpha2"], ListenerFields.ReferenceGrant),
            ["ListenerSet"] = (["v1"], ListenerFields.ListenerSet),
        };

    /// <summary>Kinds of the group that are not for a mesh that routes only HTTP.</summary>
    private static readonly string[] OtherKinds = ["TCPRoute", "TLSRoute", "UDPRoute", "BackendTLSPolicy", "ReferencePolicy"];

    public static IEnumerable<string> KindNames => Kinds.Keys;

    /// <summary>Whether an <c>apiVersion</c> is of the group, or meant to be.</summary>
    public static bool IsOfGroup(string apiVersion, string kind) =>
        apiVersion.Split('/')[0] is var group
        && (group == GatewayApiResource.Group
            || (Kinds.ContainsKey(kind) && Messages.Nearest(group, [GatewayApiResource.Group]) is not null));

    /// <summary>Whether the kind is one that the mesh leaves aside.</summary>
    public static bool IsOther(string kind) => OtherKinds.Contains(kind);

    /// <summary>What is wrong with group, version and kind; null for nothing.</summary>
    /// <param name="version">The <c>apiVersion</c>.</param>
    /// <param name="kind">The kind.</param>
    public static (YamlScalar At, string Field, string Message, string Suggestion)? Flaw(YamlScalar version, YamlScalar kind)
    {
        if (!version.Value.StartsWith(Group, StringComparison.Ordinal))
        {
            return (version, "apiVersion", $"{version.Value} has no {kind.Value}", $"write {GatewayApiResource.ApiVersion}");
        }

        if (!Kinds.TryGetValue(kind.Value, out var known))
        {
            var near = Messages.Nearest(kind.Value, Kinds.Keys);
            return (kind, "kind", $"the Gateway API has no kind {kind.Value}",
                near is null ? $"the mesh reads {Messages.AllOf(Kinds.Keys)} of {GatewayApiResource.ApiVersion}" : $"did you mean {near}?");
        }

        return known.Versions.Contains(version.Value[Group.Length..]) ? null
            : (version, "apiVersion", $"{version.Value} is not a version of {kind.Value}",
                $"use {Messages.OneOf(known.Versions.Select(each => Group + each))}");
    }

    /// <summary>Reads a kind's spec.</summary>
    public static GatewayApiResource Read(string kind, ObjectReader spec, Metadata metadata, SourceMap source) =>
        Kinds[kind].Read(spec, metadata, source);
}
