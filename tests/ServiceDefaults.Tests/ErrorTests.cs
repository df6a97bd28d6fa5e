using System.Text.Json;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("GET", "/fine", 200)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("POST", "/fine", 405)]
    [InlineData("GET", "/throws", 500)]
    [InlineData("GET", "/throws-later", 500)]
    [InlineData("GET", "/health/ready", 200)]
    public async Task AnyAnswer_WhateverItsStatus_NamesReleaseAndPod(string method, string path, int status)
    {
        await using var service = await StartAsync();

        using var answer = await service.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("test-v9", Assert.Single(answer.Headers.GetValues("x-bookinfo-release")));
        Assert.Equal("test-pod", Assert.Single(answer.Headers.GetValues("x-bookinfo-pod")));
    }

    [Theory]
    [InlineData("/throws", 500, "An error occurred while processing your request.")]
    [InlineData("/throws-later", 500, "An error occurred while processing your request.")]
    [InlineData("/bad-request", 418, "I'm a teapot")]
    [InlineData("/nowhere", 404, "Not Found")]
    [InlineData("/empty-404", 404, "Not Found")]
    public async Task NoAnswer_OfTheServicesOwn_IsAProblemWithTheCallersTraceAndNothingOfTheInside(string path, int status, string title)
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var answer = await service.Client.SendAsync(request);

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadAsStringAsync();
        using var problem = JsonDocument.Parse(body);
        Assert.Equal(["title", "status", "traceId"],
            problem.RootElement.EnumerateObject().Select(member => member.Name).Where(name => name != "type"));
        Assert.Equal(title, problem.RootElement.GetProperty("title").GetString());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", problem.RootElement.GetProperty("traceId").GetString());
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThatAServiceGaveItself_IsLeftAlone()
    {
        await using var service = await StartAsync();

        Assert.Equal((404, "mine"), await service.GetAsync("/own-404"));
    }

    [Fact]
    public async Task Failure_AfterHalfAnAnswer_BreaksTheConnection()
    {
        await using var service = await StartAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => service.GetAsync("/half"));
    }

    [Fact]
    public async Task OtherMethod_SeveralAllowed_NamesThemAll()
    {
        await using var service = await StartAsync();

        Assert.Equal((405, "DELETE, GET"), await service.SendAsync("PATCH", "/fine"));
    }

    private static Task<RunningService> StartAsync() => TestService.StartAsync(
        app =>
        {
            app.MapGet("/fine", context => context.Response.WriteAsync("fine"));
            app.MapDelete("/fine", context => context.Response.WriteAsync("gone"));
            app.MapGet("/throws", (RequestDelegate)(_ => throw new InvalidOperationException("secret")));
            app.MapGet("/throws-later", async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("secret");
            });
            app.MapGet("/bad-request", (RequestDelegate)(_ => throw new BadHttpRequestException("secret", 418)));
            app.MapGet("/empty-404", context =>
            {
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
            });
            app.MapGet("/own-404", context =>
            {
                context.Response.StatusCode = 404;
                context.Response.ContentType = "text/plain";
                return context.Response.WriteAsync("mine");
            });
            app.MapGet("/half", async context =>
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("half");
                throw new InvalidOperationException("secret");
            });
        },
        settings: ("SERVICE_VERSION", "v9"));
}
