using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// Puts the release and the pod on every response, errors included, and tells clients to connect anew while the pod drains.
/// </summary>
internal sealed class ResponseHeaders
{
    private readonly Draining _draining;
    private readonly StringValues _release;
    private readonly StringValues _pod;
    private readonly Func<object, Task> _write;

    public ResponseHeaders(ServiceIdentity identity, Draining draining)
    {
        (_draining, _release, _pod, _write) = (draining, identity.Release, identity.Pod, Write);
    }

    // Only when the response starts: the exception handler clears the headers that are there before.
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(_write, context.Response);
        return next(context);
    }

    private Task Write(object state)
    {
        var response = (HttpResponse)state;
        response.Headers[ServiceIdentity.ReleaseHeader] = _release;
        response.Headers[ServiceIdentity.PodHeader] = _pod;
        if (_draining.HasBegun)
        {
            response.Headers.Connection = "close";
        }

        // JSON has no charset parameter (RFC 8259, section 11), and the originals send none.
        if (response.ContentType == "application/json; charset=utf-8")
        {
            response.ContentType = "application/json";
        }

        return Task.CompletedTask;
    }
}

internal static class ResponseHeadersExtensions
{
    public static void UseResponseHeaders(this WebApplication app)
    {
        var headers = new ResponseHeaders(app.Services.GetRequiredService<ServiceIdentity>(), app.Services.GetRequiredService<Draining>());
        app.Use(next => context => headers.InvokeAsync(context, next));
    }
}
