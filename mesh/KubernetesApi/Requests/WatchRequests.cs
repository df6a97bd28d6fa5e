using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Selection;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Answers watches: every change once and in order, from the state that the client has on.</summary>
/// <param name="store">The objects.</param>
/// <param name="time">The clock of bookmarks and timeouts.</param>
/// <param name="stopping">Ends every watch.</param>
internal sealed class WatchRequests(ObjectStore store, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan BetweenBookmarks = TimeSpan.FromMinutes(1);

    /// <summary>Answers until the client goes, the time is over, or the server stops.</summary>
    /// <exception cref="ApiException">The state that the client has is too old, or an option cannot be read.</exception>
    public async Task WatchAsync(HttpContext context, ResourceTarget target)
    {
        var query = context.Request.Query;
        var selection = ListRequests.Selection(query, target.Resource);
        var watch = new Watch(context.Response, target, selection, Representation.Of(context.Request, target, time));
        var sendsInitial = query["sendInitialEvents"] == "true";
        var from = Revision(query["resourceVersion"]);
        var (initial, seen) = from == 0 || sendsInitial ? Initial(target.Resource) : ([], from);
        var (changes, revision, next) = store.ChangesSince(target.Resource, seen);
        using var over = new CancellationTokenSource(Length(query["timeoutSeconds"]), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, over.Token, stopping);
        context.Response.ContentType = MediaTypes.Json;
        try
        {
            foreach (var found in initial)
            {
                await watch.SendAsync(new ObjectChange(found.Revision, null, found, found), end.Token);
            }

            if (sendsInitial)
            {
                await watch.BookmarkAsync(seen, endsInitialEvents: true, end.Token);
            }

            var bookmarks = query["allowWatchBookmarks"] == "true" ? BetweenBookmarks : Timeout.InfiniteTimeSpan;
            while (true)
            {
                foreach (var change in changes)
                {
                    await watch.SendAsync(change, end.Token);
                }

                await context.Response.Body.FlushAsync(end.Token);
                if (!await ChangesWithinAsync(next, bookmarks, end.Token))
                {
                    await watch.BookmarkAsync(revision, endsInitialEvents: false, end.Token);
                }

                (changes, revision, next) = store.ChangesSince(target.Resource, revision);
            }
        }
        catch (ApiException e) when (context.Response.HasStarted)
        {
            // The client is slower than the changes come: it has to begin again with a list.
            await watch.SendAsync("ERROR", e.ToStatus(), end.Token);
        }
        catch (OperationCanceledException)
        {
            // The end of a watch is the end of its answer.
        }
    }

    private (IReadOnlyList<StoredObject> Objects, long Revision) Initial(ResourceDefinition resource)
    {
        var (objects, revision) = store.Snapshot(resource);
        return ([.. objects.Values], revision);
    }

    private async Task<bool> ChangesWithinAsync(Task next, TimeSpan timeout, CancellationToken end)
    {
        try
        {
            await next.WaitAsync(timeout, time, end);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static long Revision(string? text) => string.IsNullOrEmpty(text) ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision
        : throw ApiException.BadRequest($"resourceVersion: invalid value: '{text}'");

    private static TimeSpan Length(string? text) => string.IsNullOrEmpty(text) ? Timeout.InfiniteTimeSpan
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= int.MaxValue / 1000
            ? seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds)
        : throw ApiException.BadRequest($"timeoutSeconds: '{text}' is not a number of seconds");

    /// <summary>The events of one client.</summary>
    private sealed class Watch(HttpResponse response, ResourceTarget target, ObjectSelection selection, Representation representation)
    {
        /// <summary>Tells of a change, as it looks through the selection: what no longer matches is gone.</summary>
        public async Task SendAsync(ObjectChange change, CancellationToken end)
        {
            var (before, after) = (IsSelected(change.Before), IsSelected(change.After));
            if (before || after)
            {
                var last = after || change.After is null ? change.Last.Content : Gone(change);
                await SendAsync(before ? after ? "MODIFIED" : "DELETED" : "ADDED", representation.One(last), end);
            }
        }

        public Task BookmarkAsync(long revision, bool endsInitialEvents, CancellationToken end) =>
            SendAsync("BOOKMARK", representation.Bookmark(revision, endsInitialEvents), end);

        public Task SendAsync(string type, JsonObject resource, CancellationToken end) =>
            response.WriteAsync($"{{\"type\":\"{type}\",\"object\":{resource.ToText()}}}\n", end);

        private bool IsSelected(StoredObject? found) =>
            found is not null && (target.Namespace is null || found.Key.Namespace == target.Namespace) && selection.Matches(found.Content);

        private static JsonObject Gone(ObjectChange change)
        {
            var last = change.Before!.Content.Copy();
            last.Metadata()["resourceVersion"] = change.Revision.ToString(CultureInfo.InvariantCulture);
            return last;
        }
    }
}
