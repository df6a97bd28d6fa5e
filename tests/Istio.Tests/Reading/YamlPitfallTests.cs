using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>What YAML makes of texts that look like something else, and YAML that is none.</summary>
public sealed class YamlPitfallTests
{
    private const string Path = "VirtualService/reviews spec.http[0]";

    [Theory]
    [InlineData("on", "the boolean on")]
    [InlineData("yes", "the boolean yes")]
    [InlineData("n", "the boolean n")]
    [InlineData("1.10", "the number 1.10")]
    [InlineData("010", "the number 010")]
    [InlineData("0x1F", "the number 0x1F")]
    [InlineData("1e3", "the number 1e3")]
    [InlineData(".inf", "the number .inf")]
    public void Read_TextThatYamlTakesForSomethingElse_AsksForQuotes(string written, string noun)
    {
        var said = Rules.Said(Rules.Read(Rules.Route($"match: [{{uri: {{exact: {written}}}}}]")).Problems);
        Assert.Equal($"Error 9:27: {Path}.match[0].uri.exact: a text is wanted; without quotes YAML reads {noun} (write \"{written}\")",
            said);
    }

    [Theory]
    [InlineData("'on'")]
    [InlineData("\"1.10\"")]
    [InlineData("!!str 5")]
    [InlineData("/on")]
    [InlineData("v1.10.2")]
    [InlineData("2026-08-01")]
    [InlineData("-x")]
    public void Read_TextThatIsOne_IsTaken(string written) =>
        Assert.Empty(Rules.Read(Rules.Route($"match: [{{headers: {{x: {{exact: {written}}}}}}}]")).Problems);

    [Fact]
    public void Read_HeaderNameThatYamlTakesForABoolean_AsksForQuotes() => Assert.Equal(
        $"Error 9:24: {Path}.match[0].headers[\"on\"]: without quotes YAML reads this key as the boolean on, not as a text (write \"on\")",
        Rules.Said(Rules.Read(Rules.Route("match: [{headers: {on: {exact: a}}}]")).Problems));

    [Theory]
    [InlineData("weight: \"90\"", "a whole number is wanted, the text \"90\" given (write 90 without quotes)")]
    [InlineData("weight: 90%", "a whole number is wanted, the text \"90%\" given (write 90 without quotes and without %)")]
    [InlineData("weight: 0900",
        "0900 is not a decimal number: YAML reads a leading 0 as octal, hexadecimal or binary (write a decimal number)")]
    [InlineData("weight: 1_000",
        "1_000 is not a decimal number: YAML reads a leading 0 as octal, hexadecimal or binary (write a decimal number)")]
    [InlineData("weight: 9.5", "a whole number is wanted, the number 9.5 given")]
    [InlineData("weight: 99999999999", "99999999999 is out of range (use -2147483648 to 2147483647)")]
    [InlineData("weight: true", "a whole number is wanted, the boolean true given")]
    [InlineData("weight: [1]", "a whole number is wanted, a list given")]
    public void Read_WeightThatIsNoNumber_SaysWhatIsWanted(string weight, string message)
    {
        var said = Rules.Said(Rules.Read(
            Rules.VirtualService($"hosts: [reviews]\nhttp: [{{route: [{{destination: {{host: reviews}}, {weight}}}]}}]")).Problems);
        Assert.EndsWith($"{Path}.route[0].weight: {message}", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NumberWithFractionZero_IsAWholeNumber() =>
        Assert.Equal(90, Rules.Read(
            Rules.VirtualService(
                "hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}, weight: 90.0}]}]"))
                    .Rules.VirtualServices[0].Http[0].Route[0].Weight);

    [Theory]
    [InlineData("5", "a duration needs a unit, 5 given (write 5s for seconds or 5ms for milliseconds)")]
    [InlineData("\"5\"", "\"5\" is not a duration: the unit is missing (write it as 7s, 0.5s, 100ms or 1m30s)")]
    [InlineData("5 s", "\"5 s\" is not a duration: \" s\" is not a unit (h, m, s, ms, us, ns) (write it as 7s, 0.5s, 100ms or 1m30s)")]
    [InlineData("5d", "\"5d\" is not a duration: \"d\" is not a unit (h, m, s, ms, us, ns) (write it as 7s, 0.5s, 100ms or 1m30s)")]
    [InlineData("s", "\"s\" is not a duration: a number with a unit is expected (write it as 7s, 0.5s, 100ms or 1m30s)")]
    [InlineData("0s", "a duration is at least 1ms (leave the field out if none is wanted)")]
    [InlineData("-1s", "a duration is at least 1ms (leave the field out if none is wanted)")]
    [InlineData("1.5ms", "a duration has whole milliseconds (write it as 100ms or 1.5s)")]
    [InlineData("1ns", "\"1ns\" is not a duration: only whole milliseconds are supported (write it as 7s, 0.5s, 100ms or 1m30s)")]
    [InlineData("9999999h", "\"9999999h\" is not a duration: it is longer than 292 years (write it as 7s, 0.5s, 100ms or 1m30s)")]
    public void Read_TimeoutThatIsNoDuration_SaysHowOneIsWritten(string written, string message) =>
        Assert.Equal($"Error 9:14: {Path}.timeout: {message}", Rules.Said(Rules.Read(Rules.Route($"timeout: {written}")).Problems));

    [Theory]
    [InlineData("7s", 7_000)]
    [InlineData("0.5s", 500)]
    [InlineData(".5s", 500)]
    [InlineData("1.s", 1_000)]
    [InlineData("100ms", 100)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h1m1s1ms", 3_661_001)]
    [InlineData("2000us", 2)]
    [InlineData("+1s", 1_000)]
    public void Read_DurationOfGo_IsUnderstood(string written, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds),
            Rules.Read(Rules.Route($"timeout: {written}")).Rules.VirtualServices[0].Http[0].Timeout);

    [Theory]
    [InlineData("a: 1\na: 2", 2, 1, "the key \"a\" is there twice; the first is in line 1")]
    [InlineData("a: 1\n\tb: 2", 2, 1, "a tab indents this line")]
    [InlineData("a:\n  b:\n  - c:\n    - d: 1\n\t- e: 2", 5, 1, "a tab indents this line")]
    [InlineData("a: *b", 1, 4, "the alias *b has no anchor before it")]
    [InlineData("a: &a [*a]", 1, 8, "the alias *a has no anchor before it")]
    [InlineData("a: !ruby/object 1", 1, 4, "the tag !ruby/object has no meaning in rules")]
    [InlineData("? [a]\n: 1", 1, 3, "a key must be a plain text")]
    [InlineData("a: 1\n<<: 5", 2, 1, "<< merges mappings, the number 5 given")]
    public void Read_YamlThatMakesNoSense_SaysWhereAndWhy(string text, int line, int column, string message)
    {
        var problem = Assert.Single(Rules.Read(text).Problems);
        Assert.Equal((Severity.Error, line, column, message), (problem.Severity, problem.Line, problem.Column, problem.Message));
    }

    [Theory]
    [InlineData("a: [1, 2")]
    [InlineData("a: b: c")]
    [InlineData("a: \"b")]
    [InlineData("a: 'b\n---\n")]
    [InlineData("a:\n  - b\n c")]
    [InlineData("%YAML 9.9\n---\na")]
    [InlineData("a: @b")]
    [InlineData("\u0001")]
    public void Read_NoYaml_IsOneErrorWithItsLine(string text)
    {
        var problem = Assert.Single(Rules.Read(text).Problems);
        Assert.Equal(Severity.Error, problem.Severity);
        Assert.True(problem.Line > 0, problem.ToString());
    }

    [Fact]
    public void Read_AnchorsAndMergeKeys_AreResolved()
    {
        var service = Rules.Read(Rules.VirtualService("""
            hosts: [reviews]
            http:
            - timeout: 5s
              retries: &careful {attempts: 2, perTryTimeout: 1s}
              match: [{uri: {prefix: /a}}]
              route: &all [{destination: {host: reviews}}]
            - retries: {<<: *careful, attempts: 3}
              route: *all
            """));
        Assert.Empty(service.Problems);
        Assert.Equal(new HttpRetry { Attempts = 3, PerTryTimeout = TimeSpan.FromSeconds(1) },
            service.Rules.VirtualServices[0].Http[1].Retries);
        Assert.Equal(service.Rules.VirtualServices[0].Http[0].Route, service.Rules.VirtualServices[0].Http[1].Route);
    }
}
