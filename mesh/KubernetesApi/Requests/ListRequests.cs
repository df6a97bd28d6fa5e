using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
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
        var (objects, revision, from) = query["continue"].ToString() is { Length: > 0 } token ? Rest(token) : Fresh(target, query);
        var page = limit == 0 ? objects.Skip(from) : objects.Skip(from).Take(limit);
        var after = limit == 0 ? objects.Count : Math.Min(objects.Count, from + limit);
        var next = after < objects.Count ? Keep(objects, revision, after, query["continue"].ToString()) : null;
        return Answers.SendAsync(context,
            representation.List(page.Select(found => found.Content), revision, next, next is null ? null : objects.Count - after));
    }

    /// <summary>Which objects of a kind a request is about.</summary>
    public static ObjectSelection Selection(IQueryCollection query) =>
        new(LabelSelector.Parse(query["labelSelector"]), FieldSelector.Parse(query["fieldSelector"]));

    private (IReadOnlyList<StoredObject> Objects, string Revision, int From) Fresh(ResourceTarget target, IQueryCollection query)
    {
        var selection = Selection(query);
        var (objects, revision) = store.Snapshot(target.Resource);
        return ([.. objects.Values.Where(found =>
            (target.Namespace is null || found.Key.Namespace == target.Namespace) && selection.Matches(found.Content))],
            revision.ToString(CultureInfo.InvariantCulture), 0);
    }

    private (IReadOnlyList<StoredObject> Objects, string Revision, int From) Rest(string token)
    {
        try
        {
            var parts = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(token)));
            var (id, from) = (parts.Text("list") ?? "", (int)(parts.Number("from") ?? -1));
            lock (_lock)
            {
                return _lists.TryGetValue(id, out var list) && from >= 0 && from < list.Count
                    ? (list, parts.Text("revision") ?? "", from)
                    : throw ApiException.Expired("The provided continue parameter is too old; start the list again without it");
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
            var id = continued.Length > 0 ? _lists.First(list => ReferenceEquals(list.Value, objects)).Key
                : (++_count).ToString(CultureInfo.InvariantCulture);
            if (_lists.TryAdd(id, objects))
            {
                _order.Enqueue(id);
                if (_order.Count > KeptLists)
                {
                    _lists.Remove(_order.Dequeue());
                }
            }

            var token = new JsonObject { ["list"] = id, ["revision"] = revision, ["from"] = from };
            return Convert.ToBase64String(Encoding.UTF8.GetBytes(token.ToText()));
        }
    }

    private static int Limit(string? text) => string.IsNullOrEmpty(text) ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
        : throw ApiException.BadRequest($"limit: '{text}' is not a whole number from 0 on");
}
