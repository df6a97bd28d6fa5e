using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Validation;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Reads a document: a rule, a Kubernetes list of resources, or something else, which is passed over.</summary>
/// <param name="file">The file.</param>
/// <param name="text">The document's text.</param>
/// <param name="isOnlyFile">Whether there is no other file: what is not a resource is an error then, and not one file of many.</param>
/// <param name="namespaces">Which namespace resources get.</param>
/// <param name="problems">Where problems go.</param>
/// <param name="gathered">Where resources go.</param>
internal sealed class ResourceReader(
    string file, YamlDocumentText text, bool isOnlyFile, NamespaceChoice namespaces, List<Problem> problems, Gathered gathered)
{
    /// <summary>The group of Istio's own kinds, with its slash.</summary>
    public const string Group = "networking.istio.io/";

    private static readonly string[] Kinds = [nameof(VirtualService), nameof(DestinationRule), nameof(Gateway), nameof(ServiceEntry)];

    /// <summary>Every kind that is read.</summary>
    public static readonly string[] AllKinds = [.. Kinds, .. ApiGroup.All.SelectMany(group => group.KindNames)];

    /// <summary>Kinds of the group that are not for the mesh; a kind that is none of these either is a mistake.</summary>
    private static readonly string[] OtherKinds = ["EnvoyFilter", "ProxyConfig", "Sidecar", "WorkloadEntry", "WorkloadGroup"];

    private static readonly string[] FieldsOfRules =
    [
        "hosts", "host", "http", "gateways", "servers", "subsets", "trafficPolicy", "parentRefs", "rules", "listeners", "endpoints",
    ];

    private static readonly string[] Versions = ["v1", "v1beta1", "v1alpha3"];

    private readonly List<YamlNode> _roots = [];
    private readonly List<int> _items = [];
    private KeptDocument? _kept;

    public void Read(YamlNode root)
    {
        _roots.Add(root);
        ReadNode(root);
    }

    private void ReadNode(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { Kind: YamlScalarKind.Null }:
                break;
            case YamlMapping mapping:
                Read(mapping);
                break;
            case YamlSequence when !isOnlyFile:
                gathered.PassedOver.Add(file, node.Place, PassedOver.List);
                break;
            default:
                Error(node.Place, "", $"a rule is a mapping with apiVersion, kind, metadata and spec, {node.Noun} given");
                break;
        }
    }

    private void Read(YamlMapping document)
    {
        if (OtherText(document) is { } what)
        {
            gathered.PassedOver.Add(file, document.Place, what);
        }
        else if (Head(document, "apiVersion") is { } version && Head(document, "kind") is { } kind)
        {
            Read(document, version, kind);
        }
    }

    private void Read(YamlMapping document, YamlScalar version, YamlScalar kind)
    {
        if (kind.Value == "List" || (kind.Value.EndsWith("List", StringComparison.Ordinal) && IsKind(kind.Value[..^4])))
        {
            ReadList(document);
        }
        else if (ApiGroup.All.FirstOrDefault(group => group.Has(version.Value, kind.Value)) is { } group)
        {
            Read(document, version, kind, group);
        }
        else if (IsOther(version, kind))
        {
            ReadOther(document, version, kind);
        }
        else if (IsOurs(version, kind))
        {
            ReadResource(document, kind.Value, kind.Value, Spec(kind.Value));
        }
    }

    /// <summary>What <c>kubectl get -o yaml</c> prints for several resources.</summary>
    private void ReadList(YamlMapping document)
    {
        if (document.Find(DocumentSourceMap.ItemsField)?.Value is YamlSequence items)
        {
            for (var i = 0; i < items.Items.Count; i++)
            {
                _items.Add(i);
                ReadNode(items.Items[i]);
                _items.RemoveAt(_items.Count - 1);
            }
        }
        else
        {
            Error(document.Place, "items", "a List has a list of items");
        }
    }

    /// <summary>
    /// Values or the head of a Helm chart, a kustomization, settings of an editor: neither a resource nor a rule that lacks a line. Says
    /// what it is, or null for a resource.
    /// </summary>
    private static string? OtherText(YamlMapping document)
    {
        if (document.Find("$patch") is not null)
        {
            return PassedOver.KustomizePatch;
        }

        if (document.Find("kind")?.Value is YamlScalar kind)
        {
            var isOther = document.Find("apiVersion") is null && kind.Value != "List"
                && Messages.Nearest(kind.Value, AllKinds) is null;
            return isOther ? kind.Value : null;
        }

        var isRule = document.Find("spec") is { } spec && (document.Find("apiVersion") is not null || IsOfRule(spec.Value))
            || (document.Find("apiVersion")?.Value as YamlScalar)?.Value.StartsWith(Group, StringComparison.Ordinal) == true
            || document.Entries.Any(entry => entry.Key.Value.Equals("kind", StringComparison.OrdinalIgnoreCase));
        return isRule ? null : PassedOver.WithoutKind;
    }

    /// <summary>Whether it has a field that specs of rules begin with, and not only some program's own settings.</summary>
    private static bool IsOfRule(YamlNode spec) =>
        spec is YamlMapping fields && fields.Entries.Any(entry => FieldsOfRules.Contains(entry.Key.Value));

    private YamlScalar? Head(YamlMapping document, string name)
    {
        switch (document.Find(name))
        {
            case { Value: YamlScalar { Kind: YamlScalarKind.Text } text }:
                return text;
            case { } other:
                Error(other.Place, name, $"{name} is a text, {other.Value.Noun} given");
                return null;
            case null:
                var near = Messages.Nearest(name, document.Entries.Select(entry => entry.Key.Value));
                Error(
                    document.Place,
                    name,
                    $"{name} is missing",
                    near is null ? $"write {name}: {(name == "kind" ? nameof(VirtualService) : Resource.ApiVersion)}"
                        : $"did you mean {name} instead of {near}?");
                return null;
        }
    }

    /// <summary>A resource of another kind, and not a rule whose kind or version is misspelled.</summary>
    private static bool IsOther(YamlScalar version, YamlScalar kind) =>
        version.Value.StartsWith(Group, StringComparison.Ordinal)
            ? OtherKinds.Contains(kind.Value)
            : !Kinds.Contains(kind.Value)
                || (version.Value.Contains('/', StringComparison.Ordinal) && Messages.Nearest(GroupOf(version), [Group[..^1]]) is null);

    private static string GroupOf(YamlScalar version) => version.Value.Split('/')[0];

    private void ReadOther(YamlMapping document, YamlScalar version, YamlScalar kind)
    {
        if (GroupOf(version).EndsWith(".istio.io", StringComparison.Ordinal))
        {
            gathered.PassedOver.Add(file, document.Place, kind.Value, "Istio");
        }
        else
        {
            gathered.PassedOver.Add(file, document.Place, kind.Value);
        }

        gathered.Objects.Read(version.Value, kind.Value, document, file, namespaces);
        problems.AddRange(StatusConditions.Find(kind.Value, document, file, Subject(document, kind.Value)));
    }

    private static bool IsKind(string kind) => AllKinds.Contains(kind);

    private void Read(YamlMapping document, YamlScalar version, YamlScalar kind, ApiGroup group)
    {
        if (group.IsOther(kind.Value))
        {
            gathered.PassedOver.Add(file, document.Place, kind.Value, group.Note);
        }
        else if (group.FindError(version, kind) is { } error)
        {
            Error(error.At.Place, error.Field, error.Message, error.Suggestion);
        }
        else
        {
            gathered.Objects.Read(version.Value, kind.Value, document, file, namespaces);
            ReadResource(document, kind.Value, $"{kind.Value}Spec", (spec, metadata, source) =>
                group.Read(kind.Value, spec, metadata, source));
        }
    }

    private bool IsOurs(YamlScalar version, YamlScalar kind)
    {
        if (!version.Value.StartsWith(Group, StringComparison.Ordinal))
        {
            Error(version.Place, "apiVersion", $"{version.Value} has no {kind.Value}", $"write {Resource.ApiVersion}");
            return false;
        }

        if (!Kinds.Contains(kind.Value))
        {
            var near = Messages.Nearest(kind.Value, Kinds);
            Error(
                kind.Place,
                "kind",
                $"Istio has no kind {kind.Value}",
                near is null ? $"the mesh reads {Messages.AllOf(Kinds)} of {Group}v1" : $"did you mean {near}?");
            return false;
        }

        if (!Versions.Contains(version.Value[Group.Length..]))
        {
            Error(version.Place, "apiVersion", $"{version.Value} is not a version of {kind.Value}",
                $"use {Messages.OneOf(Versions.Select(each => Group + each))}");
            return false;
        }

        return true;
    }

    private static Func<ObjectReader, Metadata, SourceMap, Resource> Spec(string kind) => kind switch
    {
        nameof(VirtualService) => VirtualServiceFields.Read,
        nameof(DestinationRule) => DestinationRuleFields.Read,
        nameof(Gateway) => GatewayFields.Read,
        _ => ServiceEntryFields.Read,
    };

    private void ReadResource(YamlMapping document, string kind, string message, Func<ObjectReader, Metadata, SourceMap, Resource> read)
    {
        var scope = new ReadScope(file) { Channel = gathered.Channel, Subject = Subject(document, kind) };
        var root = new ObjectReader(scope, document, RulePath.Root, kind) { IsRoot = true };
        root.Skip("apiVersion", "kind", "status");
        var metadata = MetadataFields.Read(root, namespaces);
        if (_kept is null)
        {
            _kept = new KeptDocument(text.Text, text.LinesBefore, _roots);
            gathered.Nodes.Add(_roots);
        }

        var source = new DocumentSourceMap(file, _kept, _roots.Count - 1, [.. _items]);
        var resource = root.Object("spec", message, spec => read(spec, metadata, source));
        root.Done();
        if (resource is null && !root.Has("spec"))
        {
            root.Error("spec", $"a {kind} has a spec");
        }

        problems.AddRange(scope.Problems);
        problems.AddRange(StatusConditions.Find(kind, document, file, scope.Subject));
        if (resource is null)
        {
            return;
        }

        problems.AddRange(scope.IsFull ? [] : RuleValidator.Validate(resource, scope.IsSpoilt));
        if (scope.Problems.Exists(problem => problem.Severity == Severity.Error
            && (problem.Type != MessageTypes.Unsupported || resource is ServiceEntry)))
        {
            gathered.Faulty.Add(resource);
        }

        gathered.Add(resource, problems);
    }

    private static string Subject(YamlMapping document, string kind)
    {
        var metadata = document.Find("metadata")?.Value as YamlMapping;
        IEnumerable<YamlNode?> parts = [metadata?.Find("namespace")?.Value, metadata?.Find("name")?.Value];
        return string.Join('/', parts.OfType<YamlScalar>().Select(part => part.Value).Where(part => part.Length > 0).Prepend(kind));
    }

    private void Error(Position place, string path, string message, string? suggestion = null) =>
        problems.Add(new Problem(Severity.Error, file, place.Line, place.Column, path, message,
            suggestion)
        { Type = MessageTypes.Unreadable });
}
