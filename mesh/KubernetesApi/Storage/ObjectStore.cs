using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Storage;

/// <summary>
/// The objects of a server, in memory, with one count of changes. A write can ask that the object is still the one that was read. Every
/// change is kept for a while, for those who watch.
/// </summary>
public sealed class ObjectStore
{
    /// <summary>The precondition of a write: there is no such object yet.</summary>
    public const long Absent = 0;

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceDefinition, Shelf> _shelves = new(ReferenceEqualityComparer.Instance);
    private long _revision = 1;

    /// <summary>Is told of each object that is gone, after it is gone.</summary>
    internal event Action<StoredObject>? Removed;

    /// <summary>The number of the last change.</summary>
    public long Revision => Interlocked.Read(ref _revision);

    /// <summary>Finds an object.</summary>
    /// <param name="resource">Its kind.</param>
    /// <param name="namespace">Its namespace; empty for a kind outside of namespaces.</param>
    /// <param name="name">Its name.</param>
    public StoredObject? Find(ResourceDefinition resource, string @namespace, string name) =>
        ShelfOf(resource).Objects.GetValueOrDefault(new ObjectKey(@namespace, name));

    /// <summary>All objects of a kind, by namespace and name.</summary>
    /// <param name="resource">The kind.</param>
    public IEnumerable<StoredObject> All(ResourceDefinition resource) => ShelfOf(resource).Objects.Values;

    /// <summary>Keeps an object: a new one, or in place of the one of that name.</summary>
    /// <param name="resource">Its kind.</param>
    /// <param name="content">The object, which is the store's from now on. Its resource version is written.</param>
    /// <param name="expected">The revision that the object must have now, <see cref="Absent"/> where it must not exist; null for
    /// any.</param>
    /// <exception cref="ApiException">409: it is another one now.</exception>
    public StoredObject Put(ResourceDefinition resource, JsonObject content, long? expected = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(content);
        lock (_lock)
        {
            var shelf = ShelfOf(resource);
            var key = new ObjectKey(content.Namespace(), content.Name());
            var before = shelf.Objects.GetValueOrDefault(key);
            Require(resource, key.Name, before, expected);
            var after = Stamp(content);
            shelf.Record(new ObjectChange(after.Revision, before, after, after), shelf.Objects.SetItem(key, after));
            return after;
        }
    }

    /// <summary>Changes an object, whatever it is by then.</summary>
    /// <param name="resource">Its kind.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">Changes a copy of it.</param>
    /// <returns>The object; null where there is none of that name.</returns>
    public StoredObject? Update(ResourceDefinition resource, string @namespace, string name, Action<JsonObject> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            if (Find(resource, @namespace, name) is not { } current)
            {
                return null;
            }

            var content = current.Content.Copy();
            change(content);
            return JsonNode.DeepEquals(content, current.Content) ? current : Put(resource, content);
        }
    }

    /// <summary>Takes an object away.</summary>
    /// <param name="resource">Its kind.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="expected">The revision that it must have now; null for any.</param>
    /// <returns>The object as it was; null where there is none.</returns>
    /// <exception cref="ApiException">409: it is another one now.</exception>
    public StoredObject? Remove(ResourceDefinition resource, string @namespace, string name, long? expected = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        StoredObject? before;
        lock (_lock)
        {
            var shelf = ShelfOf(resource);
            var key = new ObjectKey(@namespace, name);
            if (!shelf.Objects.TryGetValue(key, out before))
            {
                return null;
            }

            Require(resource, name, before, expected);
            var last = Stamp(before.Content.Copy());
            shelf.Record(new ObjectChange(last.Revision, before, null, last), shelf.Objects.Remove(key));
        }

        Removed?.Invoke(before);
        return before;
    }

    /// <summary>All objects of a kind with the number of the last change, which belong together.</summary>
    internal (ImmutableSortedDictionary<ObjectKey, StoredObject> Objects, long Revision) Snapshot(ResourceDefinition resource)
    {
        lock (_lock)
        {
            return (ShelfOf(resource).Objects, _revision);
        }
    }

    /// <summary>The changes of a kind after a revision, as far as they are known by now.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="revision">The revision that the asker has seen.</param>
    /// <returns>The changes in order; the count so far; and what completes with the next one.</returns>
    /// <exception cref="ApiException">410: the changes since then are no longer kept.</exception>
    internal (IReadOnlyList<ObjectChange> Changes, long Revision, Task Next) ChangesSince(ResourceDefinition resource, long revision)
    {
        lock (_lock)
        {
            var shelf = ShelfOf(resource);
            return (shelf.Since(revision), _revision, shelf.Next);
        }
    }

    private static void Require(ResourceDefinition resource, string name, StoredObject? now, long? expected)
    {
        if (expected is null || expected == (now?.Revision ?? Absent))
        {
            return;
        }

        throw now is null ? ApiException.NotFound(resource.QualifiedName, name)
            : expected == Absent ? ApiException.AlreadyExists(resource.QualifiedName, name)
            : ApiException.Conflict(resource.QualifiedName, name);
    }

    private StoredObject Stamp(JsonObject content)
    {
        var revision = Interlocked.Increment(ref _revision);
        content.Metadata()["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        return new StoredObject(content, revision);
    }

    private Shelf ShelfOf(ResourceDefinition resource)
    {
        lock (_lock)
        {
            if (!_shelves.TryGetValue(resource, out var shelf))
            {
                _shelves[resource] = shelf = new Shelf();
            }

            return shelf;
        }
    }

    /// <summary>The objects of one kind and their latest changes.</summary>
    private sealed class Shelf
    {
        /// <summary>How many changes are kept; as many again may be there before the oldest go.</summary>
        private const int Kept = 20_000;

        private readonly List<ObjectChange> _changes = [];
        private long _forgotten;
        private TaskCompletionSource _next = Fresh();

        public ImmutableSortedDictionary<ObjectKey, StoredObject> Objects { get; private set; } =
            ImmutableSortedDictionary<ObjectKey, StoredObject>.Empty;

        public Task Next => _next.Task;

        public void Record(ObjectChange change, ImmutableSortedDictionary<ObjectKey, StoredObject> objects)
        {
            Objects = objects;
            _changes.Add(change);
            if (_changes.Count >= 2 * Kept)
            {
                _forgotten = _changes[Kept - 1].Revision;
                _changes.RemoveRange(0, Kept);
            }

            var waiting = _next;
            _next = Fresh();
            waiting.SetResult();
        }

        public List<ObjectChange> Since(long revision)
        {
            if (revision < _forgotten)
            {
                throw ApiException.Expired($"too old resource version: {revision} ({_forgotten})");
            }

            // The newest are asked for most, so the search begins at the end.
            var from = _changes.Count;
            while (from > 0 && _changes[from - 1].Revision > revision)
            {
                from--;
            }

            return _changes[from..];
        }

        private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
