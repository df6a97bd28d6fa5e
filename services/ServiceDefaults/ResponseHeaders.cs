using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// Puts the release and the pod on every response, errors included, and tells clients to connect anew while the pod drains.
/// </summary>
internal static class ResponseHeaders
{
    public static void UseResponseHeaders(this WebApplication app)
    {
        var (identity, draining) = (app.Services.GetRequiredService<ServiceIdentity>(), app.Services.GetRequiredService<Draining>());
        StringValues release = identity.Release, pod = identity.Pod;
        Func<object, Task> write = state => Write(((HttpContext)state).Response);

        // Only when the response starts: the exception handler clears the headers that are there before.
        app.Use(next => context =>
        {
            context.Response.OnStarting(write, context);
            return next(context);
        });

        Task Write(HttpResponse response)
        {
            (response.Headers[ServiceIdentity.ReleaseHeader], response.Headers[ServiceIdentity.PodHeader]) = (release, pod);
            if (draining.HasBegun)
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
}
