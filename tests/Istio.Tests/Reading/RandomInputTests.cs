using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Tests.Istio.Writing;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>Whatever the text: an answer, and every problem at a place that the text has.</summary>
public sealed class RandomInputTests
{
    private static readonly string[] Bits =
    [
        "apiVersion: networking.istio.io/v1\n", "kind: VirtualService\n", "kind: Gateway\n", "spec:\n", "metadata:\n", "  name: x\n",
        "  http:\n", "  - route:\n", "---\n", "...\n", "- ", "? ", ": ", ":\n",
        "{", "}", "[", "]", ",", "&a ", "*a ", "<<: ", "!!str ", "!x ", "|\n", ">\n", "|+2\n", "\"", "'", "\\", "#", "%YAML 1.1\n",
        "%TAG ! x\n", "\t", "  ", "\n", "\r\n", "\r", "\0", "\uFEFF", "\u2028", "😀", "\ud800",
        "null", "~", "on", "1e999", "0x", "-.inf", "weight: -5\n", "regex: \"(a\"\n", "timeout: 1h\n", "percentage: {value: 1e400}\n",
    ];

    [Fact]
    public void Read_AnyCharacters_GivesAnAnswer() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), Tried).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(300));

    [Fact]
    public void Read_BitsOfYamlInAnyOrder_GivesAnAnswer() => Prop.ForAll(
        Gen.Elements(Bits).ListOf().Select(bits => string.Concat(bits)).ToArbitrary(), Tried)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60));

    [Fact]
    public void Read_ValidRulesWithAFewMutations_GivesAnAnswer() => Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue)
         from changes in Gen.Choose(1, 6)
         select Mutated(seed, changes)).ToArbitrary(),
        Tried).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void Read_AnyRules_SaysOfEachProblemWhereItIs() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed => Tried(RuleWriter.Write(new RandomRules(seed).Make()))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static string Mutated(int seed, int changes)
    {
        var random = new Random(seed);
        var text = RuleWriter.Write(new RandomRules(seed).Make());
        for (var i = 0; i < changes && text.Length > 0; i++)
        {
            var at = random.Next(text.Length);
            var length = random.Next(Math.Min(20, text.Length - at));
            text = random.Next(3) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Bits[random.Next(Bits.Length)]),
                _ => text.Insert(random.Next(text.Length), text.Substring(at, length)),
            };
        }

        return text;
    }

    private static void Tried(string? text)
    {
        var reading = Rules.Read(text ?? "");
        var lines = (text ?? "").Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length + 1;
        Assert.All(reading.Problems, problem =>
        {
            Assert.InRange(problem.Line, 1, lines);
            Assert.InRange(problem.Column, 1, (text ?? "").Length + 2);
            Assert.NotEmpty(problem.Message);
        });
        _ = RuleAnalyzer.Analyze(reading.Rules, new KnownServices("default", "cluster.local", ["reviews", "ratings"]));
    }
}
