using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Timeouts, back-off and delays by a clock that the test drives.</summary>
public sealed class TimeoutsByTheClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly Clock _clock = new();
    private EchoMesh _mesh = null!;

    private EchoPod Pod => _mesh.Pod("c-v1-0");

    public async ValueTask InitializeAsync() => _mesh = await EchoMesh.StartAsync(
        [EchoApp.Of("a"), EchoApp.Of("c")], [new MeshService("c", 9080)], options => options with { Time = _clock });

    public ValueTask DisposeAsync() => _mesh.DisposeAsync();

    [Fact]
    public async Task Timeout_OverAllTriesAndTheirBackOff_Is504WithUT()
    {
        _mesh.Begin(Rule("timeout: 5s", "retries: {attempts: 9, perTryTimeout: 2s, retryOn: 5xx}"));
        Pod.Hold();

        var call = _mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 504, Flag = "UT" });
        await TriedAsync(1);
        await _clock.PassAsync(2 * Second);
        await _clock.PassAsync(Tick, TimeSpan.FromMilliseconds(25));
        await TriedAsync(2);
        await _clock.PassAsync(2 * Second);
        await _clock.PassAsync(Tick, TimeSpan.FromMilliseconds(75));
        await TriedAsync(3);
        Assert.False(call.IsCompleted);
        _clock.Advance(Second);

        await call;
        Assert.Equal(3, Pod.Seen.Count);
    }

    [Fact]
    public async Task PerTryTimeout_UnderGatewayError_TriesAgain()
    {
        _mesh.Begin(Rule("retries: {attempts: 1, perTryTimeout: 2s, retryOn: gateway-error}"));
        Pod.Hold();

        var call = _mesh.CheckAsync(new Call { Url = "http://c:9080/", By = "c-v1", Flag = "-" });
        await TriedAsync(1);
        _clock.Advance((2 * Second) - Tick);
        Assert.False(call.IsCompleted);
        Pod.Instead = null;
        _clock.Advance(Tick);
        await _clock.PassAsync(Tick, TimeSpan.FromMilliseconds(25));

        await call;
    }

    [Fact]
    public async Task PerTryTimeout_UnderConditionsWithoutIt_Is504WithUT()
    {
        _mesh.Begin(Rule("retries: {attempts: 5, perTryTimeout: 2s, retryOn: connect-failure}"));
        Pod.Hold();

        var call = _mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 504, Flag = "UT" });
        await TriedAsync(1);
        await _clock.PassAsync(2 * Second);

        await call;
        Assert.Single(Pod.Seen);
    }

    [Fact]
    public async Task BackOff_WithoutABase_GrowsFrom25Milliseconds()
    {
        _mesh.Begin(Rule("retries: {attempts: 3, retryOn: 5xx}"));
        Pod.Fail(500);

        var call = _mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 500, Flag = "URX" });
        await TriedAsync(1);
        await _clock.PassAsync(Tick, TimeSpan.FromMilliseconds(25) - Tick);
        await TriedAsync(2);
        await _clock.PassAsync(Tick, TimeSpan.FromMilliseconds(75) - Tick);
        await TriedAsync(3);
        await _clock.PassAsync(Tick, TimeSpan.FromMilliseconds(175) - Tick);

        await call;
        Assert.Equal(4, Pod.Seen.Count);
    }

    [Fact]
    public async Task Delay_OfAFault_IsOutsideTheRoutesTimeout()
    {
        _mesh.Begin(Rule("timeout: 1s", "fault: {delay: {percentage: {value: 100}, fixedDelay: 7s}}"));

        var call = _mesh.CheckAsync(new Call { Url = "http://c:9080/", By = "c-v1", Flag = "DI" });
        await _clock.PassAsync(7 * Second);

        await call;
    }

    private static string Rule(params string[] fields) =>
        Yaml.VirtualService("c", "- route: [{destination: {host: c}}]\n" + string.Join('\n', fields.Select(field => "  " + field)));

    private Task TriedAsync(int tries) =>
        Eventually.UntilAsync(() => Pod.Seen.Count >= tries, $"the pod was tried {Pod.Seen.Count} times, not {tries}");
}
