using Bookinfo.Mesh.Istio.Reading.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Reads a document: a resource, or a Kubernetes list of them.</summary>
internal sealed class ResourceReader(string file, List<Problem> problems, Action<Resource> take)
{
    private const string Group = "networking.istio.io/";

    private static readonly string[] Kinds = [nameof(VirtualService), nameof(DestinationRule), nameof(Gateway), nameof(ServiceEntry)];

    private static readonly string[] Versions = ["v1", "v1beta1", "v1alpha3"];

    public void Read(YamlNode document)
    {
        switch (document)
        {
            case YamlScalar { Kind: YamlScalarKind.Null }:
                break;
            case YamlMapping mapping:
                Read(mapping);
                break;
            default:
                Error(document.Place, "", $"a rule is a mapping with apiVersion, kind, metadata and spec, {document.Noun} given");
                break;
        }
    }

    private void Read(YamlMapping document)
    {
        if (Head(document, "apiVersion") is not { } version || Head(document, "kind") is not { } kind)
        {
            return;
        }

        if (kind.Value == "List" || (kind.Value.EndsWith("List", StringComparison.Ordinal) && Kinds.Contains(kind.Value[..^4])))
        {
            ReadList(document);
        }
        else if (IsOurs(version, kind))
        {
            ReadResource(document, kind.Value);
        }
    }

    /// <summary>What <c>kubectl get -o yaml</c> prints for several resources.</summary>
    private void ReadList(YamlMapping document)
    {
        if (document.Find("items")?.Value is YamlSequence items)
        {
            foreach (var item in items.Items)
            {
                Read(item);
            }
        }
        else
        {
            Error(document.Place, "items", "a List has a list of items");
        }
    }

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
                    near is null ? $"write {name}: {(name == "kind" ? nameof(VirtualService) : Resource.ApiVersion)}" : $"did you mean {name} instead of {near}?");
                return null;
        }
    }

    private bool IsOurs(YamlScalar version, YamlScalar kind)
    {
        var supported = $"the mesh reads {Messages.AllOf(Kinds)} of {Group}v1";
        if (!version.Value.StartsWith(Group, StringComparison.Ordinal))
        {
            var near = Kinds.Contains(kind.Value) && !version.Value.Contains("k8s.io", StringComparison.Ordinal);
            Error(version.Place, "apiVersion", $"{kind.Value} of {version.Value} is no rule the mesh reads", near ? $"write {Resource.ApiVersion}" : supported);
            return false;
        }

        if (!Kinds.Contains(kind.Value))
        {
            var near = Messages.Nearest(kind.Value, Kinds);
            Error(kind.Place, "kind", $"{kind.Value} is no rule the mesh reads", near is null ? supported : $"did you mean {near}?");
            return false;
        }

        if (!Versions.Contains(version.Value[Group.Length..]))
        {
            Error(version.Place, "apiVersion", $"{version.Value} is no version of {kind.Value}", $"use {Messages.OneOf(Versions.Select(each => Group + each))}");
            return false;
        }

        return true;
    }

    private void ReadResource(YamlMapping document, string kind)
    {
        var scope = new ReadScope(file) { Subject = Subject(document, kind) };
        var root = new ObjectReader(scope, document, RulePath.Root, kind);
        root.Skip("apiVersion", "kind", "status");
        var metadata = MetadataFields.Read(root);
        var source = new YamlSourceMap(file, document);
        Resource? resource = kind switch
        {
            nameof(VirtualService) => root.Object("spec", kind, spec => VirtualServiceFields.Read(spec, metadata, source)),
            nameof(DestinationRule) => root.Object("spec", kind, spec => DestinationRuleFields.Read(spec, metadata, source)),
            nameof(Gateway) => root.Object("spec", kind, spec => GatewayFields.Read(spec, metadata, source)),
            _ => root.Object("spec", kind, spec => ServiceEntryFields.Read(spec, metadata, source)),
        };
        root.Done();
        if (resource is null && !root.Has("spec"))
        {
            root.Error("spec", $"a {kind} has a spec");
        }

        problems.AddRange(scope.Problems);
        if (resource is not null)
        {
            problems.AddRange(scope.IsFull ? [] : RuleValidator.Validate(resource, scope.IsSpoilt));
            take(resource);
        }
    }

    private static string Subject(YamlMapping document, string kind)
    {
        var metadata = document.Find("metadata")?.Value as YamlMapping;
        IEnumerable<YamlNode?> parts = [metadata?.Find("namespace")?.Value, metadata?.Find("name")?.Value];
        return string.Join('/', parts.OfType<YamlScalar>().Select(part => part.Value).Where(part => part.Length > 0).Prepend(kind));
    }

    private void Error(Position place, string path, string message, string? suggestion = null) =>
        problems.Add(new Problem(Severity.Error, file, place.Line, place.Column, path, message, suggestion));
}
