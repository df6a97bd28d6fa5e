using System.Net;
using Bookinfo.Mesh.Proxy;

namespace Bookinfo.Mesh.TrafficConsole.Load;

/// <summary>
/// Reads the book page through the gateway of this mesh, at a steady rate, so that there is traffic to look at. It calls that gateway only,
/// on the loopback address where the gateway listens on every one, and it ends by itself.
/// </summary>
/// <param name="mesh">The mesh whose gateway is called.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadGenerator(MeshServer mesh, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long it runs after it was last set.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Requests under way; where the pods are too slow for the rate, no more are sent.</summary>
    private const int MostUnderWay = 100;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    private readonly Lock _oneChange = new();
    private LoadSettings _settings = new(0);
    private DateTimeOffset _endsAt;
    private CancellationTokenSource _run = new();
    private Task _running = Task.CompletedTask;
    private long _sent;
    private long _ended;
    private long _failed;
    private int _underWay;

    /// <summary>How it does.</summary>
    public LoadStatus Status
    {
        get
        {
            lock (_oneChange)
            {
                return new LoadStatus(
                    _settings.Rate, _settings.Readers, Interlocked.Read(ref _sent), Interlocked.Read(ref _ended),
                    Interlocked.Read(ref _failed), _settings.Rate > 0 ? _endsAt : null);
            }
        }
    }

    /// <summary>Starts it, changes it or stops it.</summary>
    /// <param name="settings">What it is to be.</param>
    /// <exception cref="InvalidOperationException">This mesh has no gateway to call.</exception>
    public void Set(LoadSettings settings)
    {
        var gateway = mesh.Gateway ?? throw new InvalidOperationException("This mesh has no gateway to call.");
        lock (_oneChange)
        {
            if (settings.Rate > 0 && (_settings.Rate == 0 || settings.Pages is not null))
            {
                (_sent, _ended, _failed) = (0, 0, 0);
            }

            _run.Cancel();
            _run = new CancellationTokenSource();
            _settings = settings;
            _endsAt = time.GetUtcNow() + Longest;
            if (settings.Rate > 0)
            {
                _running = RunAsync(new Uri($"http://{Loopback(gateway)}"), settings, _run.Token);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _run.CancelAsync();
        await _running;
        _http.Dispose();
    }

    private static IPEndPoint Loopback(IPEndPoint gateway) =>
        gateway.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, gateway.Port)
        : gateway.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, gateway.Port)
        : gateway;

    private async Task RunAsync(Uri gateway, LoadSettings settings, CancellationToken stop)
    {
        try
        {
            var session = settings.Readers == LoadSettings.Guest ? null : await SignInAsync(gateway, stop);
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / settings.Rate), time);
            for (var number = 0L; await timer.WaitForNextTickAsync(stop); number++)
            {
                if (time.GetUtcNow() >= _endsAt)
                {
                    Set(settings with { Rate = 0 });
                    return;
                }

                if (number >= settings.Pages)
                {
                    End(settings);
                    return;
                }

                var asJason = settings.Readers == LoadSettings.Jason || (settings.Readers == LoadSettings.Both && number % 2 == 1);
                if (Volatile.Read(ref _underWay) < MostUnderWay)
                {
                    _ = ReadPageAsync(gateway, asJason ? session : null, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped, or set to something else.
        }
    }

    private async Task ReadPageAsync(Uri gateway, string? session, CancellationToken stop)
    {
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _sent);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, "/productpage"));
            if (session is not null)
            {
                request.Headers.Add("Cookie", session);
            }

            using var answer = await _http.SendAsync(request, stop);
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            {
                Interlocked.Increment(ref _failed);
            }
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            Interlocked.Increment(ref _failed);
        }
        catch (OperationCanceledException)
        {
            // Stopped: this one does not count as failed.
        }
        finally
        {
            Interlocked.Increment(ref _ended);
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>Stops sending; what is under way goes on, because each of a number of pages counts.</summary>
    private void End(LoadSettings settings)
    {
        lock (_oneChange)
        {
            if (ReferenceEquals(_settings, settings))
            {
                _settings = settings with { Rate = 0 };
            }
        }
    }

    /// <summary>The cookie of a session as jason; null where the gateway gives none.</summary>
    private async Task<string?> SignInAsync(Uri gateway, CancellationToken stop)
    {
        try
        {
            using var form = new FormUrlEncodedContent([new("username", LoadSettings.Jason)]);
            using var answer = await _http.PostAsync(new Uri(gateway, "/login"), form, stop);
            return answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : null;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }
}
