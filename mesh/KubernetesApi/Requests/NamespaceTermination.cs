using System.Collections.Concurrent;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>
/// Takes a namespace away that is to go: its content first, then, once what ends slowly in it has ended (its pods, and objects with
/// finalizers), the namespace (<c>pkg/controller/namespace/deletion/namespaced_resources_deleter.go</c>).
/// </summary>
internal sealed class NamespaceTermination
{
    /// <summary>
    /// How long the content stays, as on a cluster, where the controller needs its time: <c>kubectl delete -f</c> of a namespace with its
    /// content finds each object that it names.
    /// </summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    /// <summary>How long it stays at most while a client still deletes one object of it after another.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly ObjectStore _store;
    private readonly ResourceCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly ConcurrentDictionary<string, long> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _emptied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finishing = new(StringComparer.Ordinal);

    /// <summary>Makes one, which looks at a namespace whenever something in it is gone.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="catalog">The kinds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Gives up.</param>
    public NamespaceTermination(ObjectStore store, ResourceCatalog catalog, TimeProvider time, CancellationToken stopping)
    {
        (_store, _catalog, _time, _stopping) = (store, catalog, time, stopping);
        store.Removed += gone =>
        {
            var space = gone.Content.Namespace();
            _removed.AddOrUpdate(space, 1, (_, count) => count + 1);
            TryFinish(space);
        };
    }

    /// <summary>Takes a namespace away that was marked; at once where nothing is in it.</summary>
    /// <param name="space">Its name.</param>
    /// <param name="deleteContent">Deletes what is in it.</param>
    public async Task EndAsync(string space, Action deleteContent)
    {
        try
        {
            if (_catalog.All.Where(kind => kind.IsNamespaced).Any(kind => In(kind, space).Any()))
            {
                await WhileClientsDeleteAsync(space);
                deleteContent();
            }

            lock (_finishing)
            {
                _emptied.Add(space);
            }

            TryFinish(space);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task WhileClientsDeleteAsync(string space)
    {
        var began = _time.GetTimestamp();
        long before;
        do
        {
            before = _removed.GetValueOrDefault(space);
            await Task.Delay(Delay, _time, _stopping);
        }
        while (_removed.GetValueOrDefault(space) != before && _time.GetElapsedTime(began) < LongestDelay);
    }

    private void TryFinish(string space)
    {
        if (_store.Find(KubernetesKinds.Namespace, "", space)?.Content.Text("metadata", "deletionTimestamp") is null || IsHeld(space))
        {
            return;
        }

        lock (_finishing)
        {
            if (!_emptied.Contains(space) || !_finishing.Add(space))
            {
                return;
            }
        }

        try
        {
            foreach (var kind in _catalog.All.Where(kind => kind.IsNamespaced))
            {
                foreach (var left in In(kind, space).ToList())
                {
                    _store.Remove(kind, space, left.Content.Name());
                }
            }

            _store.Remove(KubernetesKinds.Namespace, "", space);
        }
        finally
        {
            lock (_finishing)
            {
                _finishing.Remove(space);
                _emptied.Remove(space);
                _removed.TryRemove(space, out _);
            }
        }
    }

    private bool IsHeld(string space) => In(KubernetesKinds.Pod, space).Any() || _catalog.All.Where(kind => kind.IsNamespaced)
        .Any(kind => In(kind, space).Any(found => found.Content.Words("metadata", "finalizers").Any()));

    private IEnumerable<StoredObject> In(ResourceDefinition kind, string space) =>
        _store.All(kind).Where(found => found.Key.Namespace == space);
}
