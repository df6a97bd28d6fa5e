using System.Collections.Concurrent;
using System.Net;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Registry;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>Where callers' requests come in: those of the start in one server, and each that came later in one of its own.</summary>
/// <param name="callers">The callers of the start.</param>
/// <param name="own">Is told where the mesh listens.</param>
/// <param name="admission">Decides whether there is room for a connection.</param>
/// <param name="drainTime">How long requests under way get when a listener closes.</param>
/// <param name="loggers">Where Kestrel logs.</param>
internal sealed class CallerListeners(
    IReadOnlyList<Caller> callers, OwnListeners own, ConnectionAdmission admission, TimeSpan drainTime, ILoggerFactory loggers)
    : IAsyncDisposable
{
    private readonly MeshListeners _first = new(callers, admission, drainTime, loggers);
    private readonly ConcurrentDictionary<Caller, MeshListeners> _later = new();
    private MeshApplication? _application;

    /// <summary>Opens those of the start.</summary>
    public async Task StartAsync(MeshApplication application, CancellationToken cancellationToken)
    {
        _application = application;
        await _first.StartAsync(application, cancellationToken);
        Learn();
    }

    /// <summary>Opens another.</summary>
    /// <exception cref="IOException">The address is in use.</exception>
    public async Task OpenAsync(Caller caller, CancellationToken cancellationToken)
    {
        var listeners = new MeshListeners([caller], admission, drainTime, loggers);
        try
        {
            await listeners.StartAsync(_application!, cancellationToken);
        }
        catch
        {
            await listeners.DisposeAsync();
            throw;
        }

        _later[caller] = listeners;
        Learn();
    }

    /// <summary>The caller of that name that came later; null where there is none.</summary>
    public Caller? FindLater(string name) => _later.Keys.FirstOrDefault(caller => caller.Name == name);

    /// <summary>Closes one that came later.</summary>
    public async Task CloseAsync(Caller caller)
    {
        if (_later.TryRemove(caller, out var listeners))
        {
            Learn();
            await listeners.DisposeAsync();
        }
    }

    /// <summary>Where the caller's listener really is, once started: a port 0 has become a free one.</summary>
    public IPEndPoint AddressOf(Caller caller) => (_later.GetValueOrDefault(caller) ?? _first).AddressOf(caller);

    /// <summary>Closes all; requests under way get their time.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_later.Values.Append(_first).Select(listeners => listeners.DisposeAsync().AsTask()));

    private void Learn() => own.Learn(callers.Concat(_later.Keys).Select(AddressOf));
}
