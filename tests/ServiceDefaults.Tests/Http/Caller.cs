using Bookinfo.ServiceDefaults.Http;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.ServiceDefaults.Http;

/// <summary>A service that calls another for each request, with the same path, and answers with the result.</summary>
internal static class Caller
{
    /// <summary>The status by which it says that the call brought no answer; the body is the exception.</summary>
    public const int NoAnswer = 599;

    public static Task<RunningService> StartAsync(
        StandIn other, TimeSpan? timeout = null, IReadOnlyList<string>? headers = null, TimeProvider? time = null,
            params (string Key, string? Value)[] settings) =>
        StartAsync(new Uri($"http://127.0.0.1:{other.Port}"), timeout, headers, time, settings);

    public static Task<RunningService> StartAsync(
        Uri other, TimeSpan? timeout = null, IReadOnlyList<string>? headers = null, TimeProvider? time = null,
            params (string Key, string? Value)[] settings) =>
        TestService.StartAsync(
            app => app.MapGet("/{**path}", PassOnAsync),
            builder => builder.AddUpstream("other", _ => timeout ?? TimeSpan.FromSeconds(60), headers ?? PropagatedHeaders.Default, other),
            time,
            services => services.AddSingleton(new Random(1)),
            settings);

    private static async Task PassOnAsync(HttpContext context)
    {
        using var http = context.RequestServices.GetRequiredService<IHttpClientFactory>().CreateClient("other");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{context.Request.Path}{context.Request.QueryString}");
        if (context.Request.Headers.TryGetValue("x-own-end-user", out var user))
        {
            request.Headers.TryAddWithoutValidation("end-user", user.ToString());
        }

        try
        {
            using var answer = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(await answer.Content.ReadAsStringAsync());
        }
        catch (Exception problem) when (problem.IsUpstreamFailure())
        {
            context.Response.StatusCode = NoAnswer;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync($"{problem.GetType().Name}: {problem.Message}");
        }
    }
}
