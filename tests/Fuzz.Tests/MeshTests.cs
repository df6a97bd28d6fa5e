using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Running;

namespace Bookinfo.Tests.Fuzz;

/// <summary>
/// The guard: hostile callers before our own mesh. Seed and number of cases are fixed; environment variables make it run longer
/// (README.md).
/// </summary>
public sealed class MeshTests
{
    /// <summary>For each listener and protocol; together about a minute.</summary>
    private const int Cases = 1500;

    [Theory]
    [InlineData(Listener.Gateway, Protocol.Http1)]
    [InlineData(Listener.Gateway, Protocol.Http2)]
    [InlineData(Listener.Sidecar, Protocol.Http1)]
    [InlineData(Listener.Sidecar, Protocol.Http2)]
    public async Task RunAsync_OurMesh_NoFailure(Listener listener, Protocol protocol)
    {
        var settings = FuzzSettings.FromEnvironment(Cases);
        await using var runner =
            new CaseRunner(() => World.StartAsync(pods => MeshUnderTest.StartAsync(pods, settings.Seed), WorldOptions.Default));

        var failures = await new Fuzzer(runner, settings).RunAsync(listener, protocol, RuleMix.Draw);

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
