using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Takes each request to what answers it, and answers what goes wrong as an API server does: with a <c>Status</c>.</summary>
/// <param name="cluster">The kinds and their objects.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Where ids and generated names come from.</param>
/// <param name="stopping">Ends what would run on.</param>
internal sealed class ApiHandler(ApiCluster cluster, TimeProvider time, Random random, CancellationToken stopping)
{
    private readonly ObjectPreparation _preparation = new(time, random);
    private readonly ListRequests _lists = new(cluster.Store, time);
    private readonly WatchRequests _watches = new(cluster.Store, time, stopping);
    private readonly DescriptionRequests _descriptions = new(cluster.Catalog);

    private ObjectWriter Writer => field ??= new ObjectWriter(cluster.Store, cluster.BackendOf, _preparation);

    private ObjectDeletion Deletion => field ??= new ObjectDeletion(cluster.Store, cluster.Catalog, cluster.BackendOf, time, stopping);

    private PatchRequests Patches => field ??= new PatchRequests(cluster.Store, Writer, _preparation);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await DispatchAsync(context);
        }
        catch (ApiException e) when (!context.Response.HasStarted)
        {
            await Answers.SendAsync(context, e.ToStatus(), e.Code);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private Task DispatchAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        return _descriptions.TryAnswer(context, path) ?? ReviewRequests.TryAnswer(context, path)
            ?? AnswerAsync(context, ResourceTarget.Parse(path, cluster.Catalog));
    }

    private async Task AnswerAsync(HttpContext context, ResourceTarget target)
    {
        if (target.Subresource is { } subresource && target.Resource.Subresources.All(known => known.Name != subresource))
        {
            throw cluster.Refusal(subresource) is { } why ? ApiException.MethodNotAllowed(why) : ApiException.NoSuchPath();
        }

        switch (context.Request.Method)
        {
            case "GET" when target.Subresource == "log":
                await LogRequests.AnswerAsync(context, target, cluster, time);
                break;
            case "GET" when context.Request.Query["watch"] == "true" || context.Request.Query["watch"] == "1":
                await _watches.WatchAsync(context, target);
                break;
            case "GET":
                await (target.Name is null ? _lists.ListAsync(context, target)
                    : target.Subresource == "scale" ? GetScaleAsync(context, target) : _lists.GetAsync(context, target));
                break;
            case "POST" or "PUT" or "PATCH" or "DELETE" when target.Resource.IsReadOnly:
                throw ApiException.MethodNotAllowed($"{target.Resource.QualifiedName} can only be read");
            case "POST" when target.Name is null:
                var created = Writer.Create(target, await BodyReader.ReadObjectAsync(context.Request), WriteOptions.Read(context.Request));
                await AnswerAsync(context, target, created, StatusCodes.Status201Created);
                break;
            case "PUT" or "PATCH" when target.Name is not null:
                await WriteAsync(context, target, WriteOptions.Read(context.Request));
                break;
            case "DELETE" when target.Subresource is null && (target.Name is not null || CanDeleteAll(target)):
                await DeleteAsync(context, target);
                break;
            default:
                throw ApiException.MethodNotAllowed("the server does not allow this method on the requested resource");
        }
    }

    /// <summary>Of a kind in namespaces those of one namespace; namespaces only one by one.</summary>
    private static bool CanDeleteAll(ResourceTarget target) => target.Resource.IsNamespaced ? target.Namespace is not null
        : !ReferenceEquals(target.Resource, KubernetesKinds.Namespace);

    private async Task WriteAsync(HttpContext context, ResourceTarget target, WriteOptions options)
    {
        if (target.Subresource == "scale")
        {
            var scaled = await Scales.WriteAsync(context.Request, target, options, Writer, cluster.Store);
            await Answers.SendAsync(context, Scales.Of(scaled.Kept.Content));
        }
        else if (context.Request.Method == "PUT")
        {
            var body = await BodyReader.ReadObjectAsync(context.Request);
            await AnswerAsync(context, target, Writer.Change(target, _ => body.Copy(), options));
        }
        else
        {
            var (result, isCreated) = await Patches.PatchAsync(context.Request, target, options);
            await AnswerAsync(context, target, result, isCreated ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
    }

    private async Task DeleteAsync(HttpContext context, ResourceTarget target)
    {
        var options = WriteOptions.Read(context.Request).With(await BodyReader.ReadOptionalAsync(context.Request) ?? []);
        if (target.Name is not null)
        {
            var deleted = Deletion.Delete(target, options);
            Answers.Warn(context, deleted.Warnings);
            var isPending = deleted.Kept.Content.Text("metadata", "deletionTimestamp") is not null;
            await Answers.SendAsync(context, isPending || target.Resource.ReturnsDeleted
                ? Representation.Of(context.Request, target, time).One(deleted.Kept.Content)
                : Success(target, deleted.Kept.Content));
            return;
        }

        var selection = ListRequests.Selection(context.Request.Query, target.Resource);
        var gone = cluster.Store.All(target.Resource).Where(found =>
            (target.Namespace is null || found.Content.Namespace() == target.Namespace) && selection.Matches(found.Content)).ToList();
        foreach (var found in gone)
        {
            Deletion.DeleteIfThere(target with { Namespace = found.Content.Namespace(), Name = found.Content.Name() }, options);
        }

        await Answers.SendAsync(context, Representation.Of(context.Request, target, time).List(gone.Select(found => found.Content),
            cluster.Store.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private Task GetScaleAsync(HttpContext context, ResourceTarget target) => Answers.SendAsync(context, Scales.Of(
        (cluster.Store.Find(target.Resource, target.Namespace ?? "", target.Name!)
            ?? throw ApiException.NotFound(target.Resource.QualifiedName, target.Name!)).Content));

    private Task AnswerAsync(HttpContext context, ResourceTarget target, WriteResult result, int status = StatusCodes.Status200OK)
    {
        Answers.Warn(context, result.Warnings);
        return Answers.SendAsync(context, Representation.Of(context.Request, target, time).One(result.Kept.Content), status);
    }

    private static JsonObject Success(ResourceTarget target, JsonObject deleted) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["details"] = new JsonObject
        {
            ["name"] = deleted.Name(),
            ["group"] = target.Resource.Group,
            ["kind"] = target.Resource.Plural,
            ["uid"] = deleted.Uid(),
        },
    };
}
