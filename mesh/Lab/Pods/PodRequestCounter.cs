using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>Counts and logs what reaches a pod, before the pod itself sees it: retries show here, and nowhere else.</summary>
internal sealed class PodRequestCounter : IStartupFilter
{
    private int _requests;
    private int _inside;
    private int _most;

    /// <summary>Requests so far, without probes and the fault switch.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The most that were there at once.</summary>
    public int MostAtOnce => Volatile.Read(ref _most);

    /// <summary>The pod's log: a line for each request, and its errors.</summary>
    public PodLines Lines { get; } = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(CountAsync);
        next(app);
    };

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/fault"))
        {
            await next(context);
            return;
        }

        Interlocked.Increment(ref _requests);
        Raise(Interlocked.Increment(ref _inside));
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
            Lines.Add($"{context.Request.Method} {context.Request.Path} {context.Response.StatusCode}");
        }
    }

    private void Raise(int inside)
    {
        for (var most = _most; inside > most; most = _most)
        {
            Interlocked.CompareExchange(ref _most, inside, most);
        }
    }
}
