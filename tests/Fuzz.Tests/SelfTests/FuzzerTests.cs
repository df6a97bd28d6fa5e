using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Checks;
using Bookinfo.Tests.Fuzz.Doubles;
using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Running;

namespace Bookinfo.Tests.Fuzz.SelfTests;

/// <summary>The fuzzer itself: it finds what is wrong with a broken proxy, and nothing wrong with a good one.</summary>
public sealed class FuzzerTests
{
    private static readonly FuzzSettings Settings = new(Seed: 7, First: 0, Cases: 400, MostFailures: 1);

    public static TheoryData<string, FindingKind> BrokenProxies { get; } = new()
    {
        { nameof(SplittingProxy), FindingKind.BadRequestPassed },
        { nameof(LeakingProxy), FindingKind.ForeignBytes },
        { nameof(MixingProxy), FindingKind.WrongAnswer },
        { nameof(SilentProxy), FindingKind.Unanswered },
        { nameof(PassingProxy), FindingKind.HopFieldPassed },
        { nameof(AddingProxy), FindingKind.ForeignBytes },
    };

    [Fact]
    public async Task RunAsync_GoodProxy_NoFailure()
    {
        var failures = await RunAsync(pods => new ProxyDouble(pods));

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory]
    [MemberData(nameof(BrokenProxies))]
    public async Task RunAsync_BrokenProxy_FindsIt(string proxy, FindingKind expected)
    {
        // Each run that fails by silence takes a caller's whole timeout.
        var settings = Settings with { ShrinkingRuns = expected == FindingKind.Unanswered ? 3 : 40 };

        var failure = Assert.Single(await RunAsync(pods => Break(proxy, pods), settings));

        Assert.True(failure.IsReproduced, failure.ToString());
        Assert.Contains(failure.Outcome.Findings, finding => finding.Kind == expected);
    }

    [Fact]
    public async Task RunAsync_SplittingProxy_ReportHasTheLeastThatSplits()
    {
        var failure = Assert.Single(await RunAsync(pods => new SplittingProxy(pods)));

        var attack = Assert.IsType<Http1Attack>(failure.Attack);
        Assert.True(attack.Bytes.Length < 80, failure.ToString());
        Assert.Contains("FUZZ_SEED=7", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("Sent:", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("at shop", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SameSeed_SameAttack()
    {
        var failures = new List<FuzzFailure>();
        for (var i = 0; i < 2; i++)
        {
            failures.Add(Assert.Single(await RunAsync(pods => new AddingProxy(pods), Settings with { ShrinkingRuns = 0 })));
        }

        Assert.Equal(failures[0].Case, failures[1].Case);
        Assert.Equal(failures[0].Attack.Print(), failures[1].Attack.Print());
    }

    private static async Task<IReadOnlyList<FuzzFailure>> RunAsync(Func<IReadOnlyList<RecordingPod>, IProxyUnderTest> startProxy,
        FuzzSettings? settings = null)
    {
        var options = new WorldOptions(SpeaksHttp2: false, TimeSpan.FromSeconds(2));
        await using var runner = new CaseRunner(() => World.StartAsync(pods => Task.FromResult(startProxy(pods)), options));
        return await new Fuzzer(runner, settings ?? Settings).RunAsync(Listener.Gateway, Protocol.Http1, _ => RuleMix.Plain);
    }

    private static ProxyDouble Break(string proxy, IReadOnlyList<RecordingPod> pods) => proxy switch
    {
        nameof(SplittingProxy) => new SplittingProxy(pods),
        nameof(LeakingProxy) => new LeakingProxy(pods),
        nameof(MixingProxy) => new MixingProxy(pods),
        nameof(SilentProxy) => new SilentProxy(pods),
        nameof(PassingProxy) => new PassingProxy(pods),
        _ => new AddingProxy(pods),
    };
}
