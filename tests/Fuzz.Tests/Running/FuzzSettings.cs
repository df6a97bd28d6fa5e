using System.Globalization;

namespace Bookinfo.Tests.Fuzz.Running;

/// <summary>How long the fuzzer runs, and with what. Environment variables make it run longer than in the suite.</summary>
/// <param name="Seed"><c>FUZZ_SEED</c>: other cases for another seed.</param>
/// <param name="First"><c>FUZZ_FIRST</c>: the number of the first case.</param>
/// <param name="Cases"><c>FUZZ_CASES</c>: how many cases for each protocol and listener.</param>
/// <param name="MostFailures"><c>FUZZ_FAILURES</c>: after how many different failures it stops.</param>
/// <param name="ShrinkingRuns">How often a failing attack is run to make it smaller.</param>
public sealed record FuzzSettings(int Seed, int First, int Cases, int MostFailures = 3, int ShrinkingRuns = 400)
{
    private const int DefaultSeed = 20_260_822;

    public static FuzzSettings FromEnvironment(int cases) =>
        new(Read("FUZZ_SEED", DefaultSeed), Read("FUZZ_FIRST", 0), Read("FUZZ_CASES", cases), Read("FUZZ_FAILURES", 3));

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
