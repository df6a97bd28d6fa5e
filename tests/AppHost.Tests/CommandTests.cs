using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.AppHost;

/// <summary>The commands against a console that answers as the test wants.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly ConcurrentQueue<string> _requests = [];
    private WebApplication _console = null!;
    private HostModel _model = null!;
    private RequestDelegate _answer = context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _console = builder.Build();
        _console.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            _requests.Enqueue($"{context.Request.Method} {context.Request.Path} {await body.ReadToEndAsync()}".TrimEnd());
            await _answer(context);
        });
        await _console.StartAsync();
        var port = new Uri(_console.Urls.Single()).Port;
        _model = await HostModel.BuildAsync(endpoint => endpoint.Name == "console" ? port : endpoint.TargetPort!.Value,
            "--Replicas:reviews-v2", "2");
    }

    [Fact]
    public void Commands_ServiceOfWhichSeveralReleasesRun_CanBeShifted()
    {
        Assert.Equal(["shift", "break", "delay", "heal"], Commands("reviews-v2"));

        // The other releases of these two are not there, or optional.
        Assert.Equal(["break", "delay", "heal"], Commands("productpage-v1"));
        Assert.Equal(["break", "delay", "heal"], Commands("details-v1"));
        Assert.Equal(["reset-rules"], Commands("mesh"));
    }

    [Fact]
    public async Task Commands_PodThatDoesNotRun_AreHiddenSoThatStartIsInSight()
    {
        var states = new List<ResourceCommandState>();
        foreach (var state in new[] { KnownResourceStates.Running, KnownResourceStates.Finished })
        {
            var snapshot = new CustomResourceSnapshot { ResourceType = "Project", Properties = [], State = state };
            states.Add(_model.Command("reviews-v2", "shift")
                .UpdateState(new UpdateCommandStateContext { Services = _model.Services, ResourceSnapshot = snapshot }));
        }

        Assert.Equal([ResourceCommandState.Enabled, ResourceCommandState.Hidden], states);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Shift_ConsoleMovesTraffic_TellsTheShares(int percent)
    {
        _answer = context =>
            context.Response.WriteAsJsonAsync(new[] { new { release = "v1", percent = 90 }, new { release = "v2", percent = 10 } });

        var result = await _model.RunAsync("reviews-v2", "shift", ("percent", $"{percent}"));

        Assert.Equal((true, "reviews: v1 90 %, v2 10 %"), (result.Success, result.Message));

        // The command line shows the result, not the message.
        Assert.Equal(result.Message, result.Data!.Value);
        Assert.Equal([$$"""POST /api/services/reviews/shift {"release":"v2","percent":{{percent}}}"""], _requests);
    }

    [Theory]
    [InlineData("break", """PUT /api/pods/reviews-v2-2/fault {"status":503,"delayMilliseconds":0,"percent":100}""",
        "reviews-v2-2 answers 503")]
    [InlineData("delay", """PUT /api/pods/reviews-v2-2/fault {"status":0,"delayMilliseconds":3000,"percent":100}""",
        "reviews-v2-2 answers 3 s late")]
    [InlineData("heal", "DELETE /api/pods/reviews-v2-2/fault", "reviews-v2-2 is well again")]
    public async Task Fault_OneOfSeveralPods_IsThatPodsAlone(string command, string request, string message)
    {
        var result = await _model.RunAsync("reviews-v2-2", command);

        Assert.Equal((true, message), (result.Success, result.Message));
        Assert.Equal([request], _requests);
    }

    [Theory]
    [InlineData("break")]
    [InlineData("delay")]
    public async Task Fault_WhatIsSent_APodsSwitchTakes(string command)
    {
        await _model.RunAsync("reviews-v2-2", command);

        var body = Assert.Single(_requests).Split(' ', 3)[2];
        var fault = JsonSerializer.Deserialize<Fault>(body, Strict);
        Assert.NotNull(fault);
        Assert.Null(fault.FindProblem());
    }

    [Fact]
    public async Task ResetRules_ConsoleResets_TellsSo()
    {
        var result = await _model.RunAsync("mesh", "reset-rules");

        Assert.Equal((true, "The rules with which the mesh started are in force again."), (result.Success, result.Message));
        Assert.Equal(["POST /api/reset"], _requests);
    }

    [Fact]
    public async Task Command_ConsoleRefuses_TellsWhy()
    {
        _answer = context => TypedResults.Problem("No VirtualService for reviews is in force.", statusCode: 409).ExecuteAsync(context);

        var result = await _model.RunAsync("reviews-v2", "shift", ("percent", "10"));

        Assert.Equal((false, "No VirtualService for reviews is in force."), (result.Success, result.Message));
    }

    [Fact]
    public async Task Command_ConsoleAnswersNonsense_TellsTheStatus()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("<html>");
        };

        var result = await _model.RunAsync("reviews-v2", "heal");

        Assert.Equal((false, "The traffic console answered 500."), (result.Success, result.Message));
    }

    [Fact]
    public async Task Command_ConsoleAway_SaysSo()
    {
        await _console.StopAsync();

        var result = await _model.RunAsync("reviews-v2", "heal");

        Assert.False(result.Success);
        Assert.StartsWith("The traffic console cannot be reached:", result.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await _console.DisposeAsync();

    private IEnumerable<string> Commands(string resource) =>
        _model[resource].Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.Name);
}
