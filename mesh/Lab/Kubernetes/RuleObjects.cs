using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.GatewayApi.Ingresses;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// The rules as objects. There is one truth, the <see cref="RuleStore"/>: what a client of the API server writes goes there first, and is
/// refused there as istiod's webhook would refuse it; and whatever changes the rules (the console, a file, a canary) changes the objects.
/// </summary>
internal sealed class RuleObjects : IResourceBackend
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private readonly ObjectStore _store;
    private readonly RuleStore _rules;
    private readonly Func<IReadOnlyList<GatewayApiStatus>> _statuses;
    private readonly IPEndPoint? _gateway;
    private readonly KnownServices _known;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<RuleKey, Resource> _models = new();

    /// <summary>The write that this thread is carrying out, while the store tells its followers.</summary>
    [ThreadStatic]
    private static ResourceWrite? _writing;

    /// <summary>Makes the objects of the rules in force, and follows them from now on.</summary>
    /// <param name="store">Where the objects are kept.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="statuses">How it stands with the resources of the Gateway API in force.</param>
    /// <param name="gateway">Where the ingress gateway listens; null where there is none.</param>
    /// <param name="known">The namespace of rules that name none.</param>
    /// <param name="time">The clock of <c>creationTimestamp</c>.</param>
    public RuleObjects(
        ObjectStore store, RuleStore rules, Func<IReadOnlyList<GatewayApiStatus>> statuses, IPEndPoint? gateway,
        KnownServices known, TimeProvider time)
    {
        (_store, _rules, _statuses, _gateway, _known, _time) = (store, rules, statuses, gateway, known, time);
        rules.Follow(Follow);
    }

    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        var key = new RuleKey(write.Resource, write.Namespace, write.Name);
        return write.After is null ? Delete(write, key) : Put(write, key);
    }

    private WriteResult Delete(ResourceWrite write, RuleKey key)
    {
        if (!write.IsDryRun)
        {
            Refuse(_rules.Remove(rule =>
            {
                RequireUnchanged(write);
                return KeyOf(rule) == key;
            }, Author(write.Manager)));
        }

        return new WriteResult(write.Before!);
    }

    private WriteResult Put(ResourceWrite write, RuleKey key)
    {
        var source = new RuleSource("", ToText(write, _models.GetValueOrDefault(key)));
        var reading = RuleReader.Read(_known.Namespace, [source], _known.GatewayApi);
        Refuse(new PreparedRules(reading.Rules, reading.Problems));
        if (!write.IsDryRun && _models.TryGetValue(key, out var model) && reading.Rules.Resources.Contains(model))
        {
            // What differs is only of the object: who has set what, and what kubectl keeps for its next apply.
            return new WriteResult(_store.Put(write.Resource, write.After!, write.Expected));
        }

        if (write.IsDryRun)
        {
            var would = Refuse(_rules.CheckApplied([source]));
            return new WriteResult(new StoredObject(write.After!, write.Expected), Warnings(would, key));
        }

        _writing = write;
        try
        {
            var prepared = Refuse(_rules.Apply((_, _) =>
            {
                RequireUnchanged(write);
                return source;
            }, Author(write.Manager)));
            return new WriteResult(_store.Find(write.Resource, write.Namespace, write.Name)!, Warnings(prepared, key));
        }
        finally
        {
            _writing = null;
        }
    }

    private void RequireUnchanged(ResourceWrite write)
    {
        var now = _store.Find(write.Resource, write.Namespace, write.Name);
        if ((now?.Revision ?? ObjectStore.Absent) != write.Expected)
        {
            throw now is null ? ApiException.NotFound(write.Resource.QualifiedName, write.Name)
                : write.Before is null ? ApiException.AlreadyExists(write.Resource.QualifiedName, write.Name)
                : ApiException.Conflict(write.Resource.QualifiedName, write.Name);
        }
    }

    /// <summary>Brings the objects in line with the rules in force.</summary>
    private void Follow(PreparedRules inForce)
    {
        var gone = _models.Keys.ToHashSet();
        foreach (var rule in inForce.Rules.Resources)
        {
            if (KeyOf(rule) is not { } key)
            {
                continue;
            }

            gone.Remove(key);
            if (!_models.TryGetValue(key, out var model) || !model.Equals(rule))
            {
                _models[key] = rule;
                var writing = _writing;
                var content = writing is { After: not null } && new RuleKey(writing.Resource, writing.Namespace, writing.Name) == key
                    ? writing.After : ToObject(rule, key);
                _store.Put(key.Resource, content);
            }
        }

        foreach (var key in gone)
        {
            _models.TryRemove(key, out _);
            _store.Remove(key.Resource, key.Namespace, key.Name);
        }

        WriteIngressStatus(inForce.Rules);
        foreach (var status in _statuses())
        {
            if (KeyOf(status.Resource) is { } key)
            {
                _store.Update(key.Resource, key.Namespace, key.Name, current =>
                    current["status"] = GatewayApiObjects.Status(status, current["status"], current.Number("metadata", "generation") ?? 1,
                        Now()));
            }
        }
    }

    /// <summary>
    /// The Ingresses that the gateway serves have its address (<c>pilot/pkg/config/kube/ingress/status.go</c> of istio/istio), the others
    /// none.
    /// </summary>
    private void WriteIngressStatus(RuleSet rules)
    {
        var served = IngressTranslator.Served(rules).Select(KeyOf).ToHashSet();
        foreach (var key in _models.Keys.Where(key => key.Resource == IngressKinds.Ingress))
        {
            _store.Update(key.Resource, key.Namespace, key.Name, current => current["status"] = new JsonObject
            {
                ["loadBalancer"] = _gateway is null || !served.Contains(key) ? [] : new JsonObject
                {
                    ["ingress"] = new JsonArray(new JsonObject
                    {
                        ["ip"] = (_gateway.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : _gateway.Address).ToString(),
                        ["ports"] = new JsonArray(new JsonObject { ["port"] = _gateway.Port, ["protocol"] = "TCP" }),
                    }),
                },
            });
        }
    }

    /// <summary>The object of a rule that did not come as one: as if <c>kubectl apply</c> had made it.</summary>
    private JsonObject ToObject(Resource rule, RuleKey key)
    {
        var written = (JsonObject)YamlText.Read(RuleWriter.Write(rule))!;
        var metadata = written.Metadata();
        if (key.Resource.IsNamespaced)
        {
            metadata["namespace"] = key.Namespace;
        }

        var applied = written.Copy();
        metadata.Section("annotations")[LastApplied] = applied.ToText() + "\n";
        var before = _store.Find(key.Resource, key.Namespace, key.Name)?.Content;
        metadata["uid"] = before?.Uid() ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = before.Text("metadata", "creationTimestamp")
            ?? rule.Metadata.CreationTimestamp?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? Now();
        metadata["generation"] = (before.Number("metadata", "generation") ?? 0) + 1;
        return written;
    }

    /// <summary>The rule in an object: without what only the API server needs.</summary>
    private string ToText(ResourceWrite write, Resource? model)
    {
        var text = write.After!.Copy();
        text.Remove("status");
        var metadata = text.Metadata();
        metadata.Remove("managedFields");
        if (metadata["annotations"] is JsonObject annotations)
        {
            annotations.Remove(LastApplied);
        }

        // A rule of a file has no time; one that a client makes has, and the older of two rules for a host wins.
        if (model is { Metadata.CreationTimestamp: null })
        {
            metadata.Remove("creationTimestamp");
        }

        if (write.Namespace == _known.Namespace)
        {
            metadata.Remove("namespace");
        }

        return text.ToText();
    }

    private string Now() => _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static PreparedRules Refuse(PreparedRules prepared)
    {
        var errors = prepared.Problems.Where(problem => problem.IsRefusal).Select(Words).ToList();
        return errors.Count == 0 ? prepared : throw ApiException.BadRequest(
            $"admission webhook \"validation.istio.io\" denied the request: {string.Join("; ", errors)}");
    }

    private string[] Warnings(PreparedRules prepared, RuleKey key)
    {
        var subject = _models.GetValueOrDefault(key)?.Subject ?? $"{key.Resource.Kind}/{key.Name}";
        return [.. prepared.Problems.Where(problem => !problem.IsRefusal && problem.Severity != Severity.Note
            && problem.Path.StartsWith(subject + " ", StringComparison.Ordinal)).Select(Words)];
    }

    /// <summary>
    /// Lines and columns would be those of the request's JSON, which the client's user has not seen; the path says where.
    /// </summary>
    private static string Words(Problem problem) => (problem with { File = "", Line = 0, Column = 0 }).ToString();

    private static string Author(string manager) =>
        manager.StartsWith("kubectl", StringComparison.Ordinal) ? RuleAuthor.Kubectl : RuleAuthor.KubernetesApi;

    private RuleKey? KeyOf(Resource rule) => RuleKinds.Find(rule) is { } kind
        ? new RuleKey(kind, kind.IsNamespaced ? rule.Metadata.Namespace ?? _known.Namespace : "", rule.Name) : null;

    private readonly record struct RuleKey(ResourceDefinition Resource, string Namespace, string Name);
}
