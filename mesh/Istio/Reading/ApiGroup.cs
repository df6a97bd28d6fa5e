using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The kinds of an API group beside Istio's own: which there are, in which versions, and who reads them.</summary>
internal sealed class ApiGroup
{
    private readonly string _group;
    private readonly Dictionary<string, ApiKind> _kinds;
    private readonly string[] _otherKinds;

    private ApiGroup(string group, string title, string? note, Dictionary<string, ApiKind> kinds, string[] otherKinds)
    {
        (_group, Title, Note, _kinds, _otherKinds) = (group, title, note, kinds, otherKinds);
    }

    /// <summary>The Gateway API. Earlier versions mean the same as far as they go.</summary>
    public static ApiGroup GatewayApi { get; } = new(
        GatewayApiResource.Group,
        "the Gateway API",
        "the Gateway API",
        new(StringComparer.Ordinal)
        {
            ["HTTPRoute"] = new(["v1", "v1beta1", "v1alpha2"], HttpRouteFields.Read)
            {
                // Linkerd's own variant of the kind, which it still takes (reference/httproute.md of linkerd/website).
                OtherGroup = "policy.linkerd.io",
                OtherVersions = ["v1beta3", "v1beta2", "v1beta1", "v1alpha1"],
            },
            ["GRPCRoute"] = new(["v1", "v1alpha2"], GrpcRouteFields.Read),
            ["Gateway"] = new(["v1", "v1beta1", "v1alpha2"], ListenerFields.Gateway),
            ["GatewayClass"] = new(["v1", "v1beta1", "v1alpha2"], ListenerFields.GatewayClass),
            ["ReferenceGrant"] = new(["v1", "v1beta1", "v1alpha2"], ListenerFields.ReferenceGrant),
            ["ListenerSet"] = new(["v1"], ListenerFields.ListenerSet),
        },
        ["TCPRoute", "TLSRoute", "UDPRoute", "BackendTLSPolicy", "ReferencePolicy"]);

    /// <summary>Ingress and its class.</summary>
    public static ApiGroup Networking { get; } = new(
        IngressResource.Group,
        IngressResource.Group,
        null,
        new(StringComparer.Ordinal)
        {
            ["Ingress"] = new(["v1"], IngressFields.Ingress) { OtherGroup = "extensions" },
            ["IngressClass"] = new(["v1"], IngressFields.IngressClass),
        },
        ["NetworkPolicy", "IPAddress", "ServiceCIDR"]);

    /// <summary>The groups.</summary>
    public static IReadOnlyList<ApiGroup> All { get; } = [GatewayApi, Networking];

    /// <summary>What the group is called.</summary>
    public string Title { get; }

    /// <summary>Whose kinds are counted in a note of their own where the mesh leaves them aside; null for none.</summary>
    public string? Note { get; }

    public IEnumerable<string> KindNames => _kinds.Keys;

    private string ApiVersion => $"{_group}/v1";

    /// <summary>Whether an <c>apiVersion</c> is of the group, or meant to be.</summary>
    public bool Has(string apiVersion, string kind) =>
        apiVersion.Split('/')[0] is var group
        && (group == _group
            || (_kinds.TryGetValue(kind, out var known)
                && (group == known.OtherGroup || Messages.Nearest(group, [_group]) is not null)));

    /// <summary>Whether the kind is one that the mesh leaves aside, or one that is not known and is near to none that is.</summary>
    public bool IsOther(string kind) =>
        _otherKinds.Contains(kind) || (!_kinds.ContainsKey(kind) && Messages.Nearest(kind, KindNames) is null);

    /// <summary>What is wrong with group, version and kind; null for nothing.</summary>
    /// <param name="version">The <c>apiVersion</c>.</param>
    /// <param name="kind">The kind.</param>
    public (YamlScalar At, string Field, string Message, string Suggestion)? FindError(YamlScalar version, YamlScalar kind)
    {
        if (_kinds.TryGetValue(kind.Value, out var other) && other.OtherVersions.Length > 0
            && version.Value.StartsWith($"{other.OtherGroup}/", StringComparison.Ordinal))
        {
            return FindVersionError(version, kind, other.OtherGroup!, other.OtherVersions);
        }

        if (!version.Value.StartsWith($"{_group}/", StringComparison.Ordinal))
        {
            return (version, "apiVersion", $"{version.Value} has no {kind.Value}", $"write {ApiVersion}");
        }

        if (!_kinds.TryGetValue(kind.Value, out var known))
        {
            var near = Messages.Nearest(kind.Value, KindNames);
            return (kind, "kind", $"{Title} has no kind {kind.Value}",
                near is null ? $"the mesh reads {Messages.AllOf(KindNames)} of {ApiVersion}" : $"did you mean {near}?");
        }

        return FindVersionError(version, kind, _group, known.Versions);
    }

    /// <summary>Reads a kind's spec.</summary>
    public Resource Read(string kind, ObjectReader spec, Metadata metadata, SourceMap source) =>
        _kinds[kind].Read(spec, metadata, source);

    private static (YamlScalar At, string Field, string Message, string Suggestion)? FindVersionError(
        YamlScalar version, YamlScalar kind, string group, string[] versions) =>
        versions.Contains(version.Value[(group.Length + 1)..]) ? null
            : (version, "apiVersion", $"{version.Value} is not a version of {kind.Value}",
                $"use {Messages.OneOf(versions.Select(each => $"{group}/{each}"))}");

    /// <summary>A kind.</summary>
    /// <param name="Versions">The versions that are read.</param>
    /// <param name="Read">Who reads its spec.</param>
    private sealed record ApiKind(string[] Versions, Func<ObjectReader, Metadata, SourceMap, Resource> Read)
    {
        /// <summary>Another group that has or had the kind; null for none.</summary>
        public string? OtherGroup { get; init; }

        /// <summary>The versions of that group that are read; none where the group is only recognized.</summary>
        public string[] OtherVersions { get; init; } = [];
    }
}
