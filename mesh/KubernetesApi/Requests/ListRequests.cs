using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Selection;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Answers reads of one object and lists, whole or in parts.</summary>
/// <param name="store">The objects.</param>
/// <param name="time">The clock of ages.</param>
internal sealed class ListRequests(ObjectStore store, TimeProvider time)
{
    /// <summary>How many lists that were answered in part are kept for their rest.</summary>
    private const int KeptLists = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyList<StoredObject>> _lists = [];
    private readonly Queue<string> _order = [];
    private long _count;

    /// <summary>Answers with one object.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public Task GetAsync(HttpContext context, ResourceTarget target)
    {
        var found = store.Find(target.Resource, target.Namespace ?? "", target.Name!)
            ?? throw ApiException.NotFound(target.Resource.QualifiedName, target.Name!);
        return Answers.SendAsync(context, Representation.Of(context.Request, target, time).One(found.Content));
    }

    /// <summary>Answers with a list.</summary>
    /// <exception cref="ApiException">An option cannot be read, or the list to go on with is gone.</exception>
    public Task ListAsync(HttpContext context, ResourceTarget target)
    {
        var query = context.Request.Query;
        var representation = Representation.Of(context.Request, target, time);
        var limit = Limit(query["limit"]);
        var (objects, revision, from) = query["continue"].ToString() is { Length: > 0 } token
            ? Rest(token, target, query) : Fresh(target, query);
        var page = limit == 0 ? objects.Skip(from) : objects.Skip(from).Take(limit);
        var after = limit == 0 ? objects.Count : Math.Min(objects.Count, from + limit);
        var next = after < objects.Count ? Keep(objects, revision, after, query["continue"].ToString()) : null;
        return Answers.SendAsync(context,
            representation.List(page.Select(found => found.Content), revision, next, next is null ? null : objects.Count - after));
    }

    /// <summary>Which objects of a kind a request is about.</summary>
    public static ObjectSelection Selection(IQueryCollection query, ResourceDefinition resource) =>
        new(LabelSelector.Parse(query["labelSelector"]), FieldSelector.Parse(query["fieldSelector"], resource));

    private (IReadOnlyList<StoredObject> Objects, string Revision, int From) Fresh(ResourceTarget target, IQueryCollection query)
    {
        var selection = Selection(query, target.Resource);
        var (objects, revision) = store.Snapshot(target.Resource);
        return ([.. objects.Values.Where(found =>
            (target.Namespace is null || found.Key.Namespace == target.Namespace) && selection.Matches(found.Content))],
            revision.ToString(CultureInfo.InvariantCulture), 0);
    }

    /// <summary>
    /// The rest of a list as it was; where that is no longer kept, 410 with a key by which the list goes on with what is there now
    /// (<c>k8s.io/apiserver/pkg/storage/etcd3/errors.go: handleExpiredErrorForContinue</c>).
    /// </summary>
    private (IReadOnlyList<StoredObject> Objects, string Revision, int From) Rest(
        string token, ResourceTarget target, IQueryCollection query)
    {
        try
        {
            var parts = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(token)));
            var last = new ObjectKey(parts.Text("namespace") ?? "", parts.Text("name") ?? "");
            if (parts.Text("list") is not { } id)
            {
                if (last.Name.Length == 0)
                {
                    throw new FormatException("the token names neither a list nor an object");
                }

                var (now, revision, _) = Fresh(target, query);
                return (now, revision, now.TakeWhile(found => found.Key.CompareTo(last) <= 0).Count());
            }

            var from = (int)(parts.Number("from") ?? -1);
            lock (_lock)
            {
                return _lists.TryGetValue(id, out var list) && from >= 0 && from < list.Count
                    ? (list, parts.Text("revision") ?? "", from)
                    : throw new ApiException(410, "Expired", "The provided continue parameter is too old to display a consistent list "
                        + "result. You can start a new list without the continue parameter, or use the continue token in this response to "
                        + "retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list.")
                    {
                        Continue = Encode(new JsonObject { ["namespace"] = last.Namespace, ["name"] = last.Name }),
                    };
            }
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw ApiException.BadRequest("continue key is not valid; send back what the list before gave");
        }
    }

    private string Keep(IReadOnlyList<StoredObject> objects, string revision, int from, string continued)
    {
        lock (_lock)
        {
            var id = _lists.FirstOrDefault(list => continued.Length > 0 && ReferenceEquals(list.Value, objects)).Key
                ?? (++_count).ToString(CultureInfo.InvariantCulture);
            if (_lists.TryAdd(id, objects))
            {
                _order.Enqueue(id);
                if (_order.Count > KeptLists)
                {
                    _lists.Remove(_order.Dequeue());
                }
            }

            var last = objects[from - 1].Key;
            return Encode(new JsonObject
            {
                ["list"] = id,
                ["revision"] = revision,
                ["from"] = from,
                ["namespace"] = last.Namespace,
                ["name"] = last.Name,
            });
        }
    }

    private static string Encode(JsonObject token) => Convert.ToBase64String(Encoding.UTF8.GetBytes(token.ToText()));

    private static int Limit(string? text) => string.IsNullOrEmpty(text) ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
        : throw ApiException.BadRequest($"limit: '{text}' is not a whole number from 0 on");
}
