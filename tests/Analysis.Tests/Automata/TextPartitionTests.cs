using Bookinfo.Mesh.Analysis.Automata;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Proxy.Matching;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Analysis.Automata;

public sealed class TextPartitionTests
{
    private const string Anything = "[ -~]*";

    [Theory]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/ab", false)]
    [InlineData("a*", "", true)]
    [InlineData("(?:ab)+", "abab", true)]
    [InlineData("(?:ab)+", "aba", false)]
    [InlineData("a{2,3}", "aa", true)]
    [InlineData("a{2,3}", "aaaa", false)]
    [InlineData("a{2}", "aaa", false)]
    [InlineData("a{2,}", "aaaaa", true)]
    [InlineData("a{0}b", "b", true)]
    [InlineData("a{0,2}", "aa", true)]
    [InlineData("(a|b|)c", "c", true)]
    [InlineData("[^a-c]", "d", true)]
    [InlineData("[^a-c]", "b", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[[:digit:]x]+", "12x", true)]
    [InlineData("[[:^digit:]]", "1", false)]
    [InlineData(@"\d\w\s", "1a ", true)]
    [InlineData(@"\D\W\S", "1a ", false)]
    [InlineData(@"a\.b", "axb", false)]
    [InlineData(@"\x41\x{42}", "AB", true)]
    [InlineData(@"\Qa.b\E", "a.b", true)]
    [InlineData(@"\Qa.b\E", "axb", false)]
    [InlineData("(?i)abc", "aBC", true)]
    [InlineData("(?i:a)b", "AB", false)]
    [InlineData("a(?i)b", "aB", true)]
    [InlineData("(?P<name>a)", "a", true)]
    [InlineData("^a$", "a", true)]
    [InlineData("a^b", "ab", false)]
    [InlineData("(^a|b)c", "bc", true)]
    [InlineData("(a|b$)c?", "bc", false)]
    [InlineData(@"\Aa\z", "a", true)]
    [InlineData("a{x}", "a{x}", true)]
    [InlineData("a+?b*?", "aabb", true)]
    [InlineData("(a?){3}", "aa", true)]
    public void Classes_Expression_MatchesAsRe2(string expression, string text, bool matches)
    {
        Assert.Equal(matches, Re2.WholeText(expression).IsMatch(text));
        Assert.Equal(matches, ClassOf(text, Regex(expression)).Matches(0));
    }

    [Theory]
    [InlineData(@"a\b", "word boundary")]
    [InlineData(@"\pL", "class of Unicode's")]
    [InlineData("é", "beyond ASCII")]
    [InlineData("[é]", "beyond ASCII")]
    public void Of_ExpressionBeyondAutomata_SaysWhy(string expression, string reason) => Assert.Contains(reason,
        Assert.Throws<UndecidableException>(() => TextPartition.Of(Anything, [Regex(expression)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Classes_ExactAndPrefixes_AreCutByTheirOverlaps()
    {
        var classes = TextPartition.Of("/[a-z/]*", [Exact("/a"), Prefix("/a"), Prefix("/ab"), Exact("/none")]).Classes;

        Assert.Equal(["/", "/a", "/aa", "/ab", "/none"], classes.Select(each => each.Example).Order(StringComparer.Ordinal));
        Assert.All(classes.Where(each => each.Example is "/a" or "/none"), each => Assert.Null(each.Other));
        Assert.All(classes.Where(each => each.Example is "/" or "/aa" or "/ab"), each => Assert.NotNull(each.Other));
    }

    [Theory]
    [InlineData("/a", true)]
    [InlineData("/A", true)]
    [InlineData("/b", false)]
    public void Classes_IgnoredCase_TakesBoth(string text, bool matches) =>
        Assert.Equal(matches, ClassOf(text, new TextPattern(TextPatternKind.Exact, "/a", IgnoresCase: true)).Matches(0));

    [Fact]
    public void Of_MoreStatesThanTheBound_Throws()
    {
        List<TextPattern> patterns = [.. Enumerable.Range(0, 20).Select(i => Regex($".*{(char)('a' + i)}{(char)('a' + i)}.*"))];

        Assert.Throws<UndecidableException>(() => TextPartition.Of(Anything, patterns));
    }

    /// <summary>Every class's example is in it, and every text is in exactly one class, that of the patterns which match it.</summary>
    [Fact]
    public void Classes_RandomPatternsAndTexts_AgreeWithTheMatcher()
    {
        var atom = Gen.Elements("a", "b", "/", ".", "[ab]", "[^a]", "(a|b/)", "(ab)?", "b*", "(?i:A)", "a{1,2}");
        var expression = atom.ListOf().Select(atoms => string.Concat(atoms.Take(6)));
        var text = Gen.Elements('a', 'b', '/', 'A').ListOf().Select(characters => string.Concat(characters.Take(6)));
        var inputs = expression.ListOf().Select(all => all.Take(4).ToList()).Zip(text.ListOf());

        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var (expressions, texts) = input;
            var classes = TextPartition.Of(Anything, [.. expressions.Select(Regex)]).Classes;
            foreach (var each in classes)
            {
                Assert.Equal(Matching(expressions, each.Example), Matching(each, expressions.Count));
                if (each.Other is not null)
                {
                    Assert.NotEqual(each.Example, each.Other);
                    Assert.Equal(Matching(expressions, each.Other), Matching(each, expressions.Count));
                }
            }

            foreach (var one in texts)
            {
                Assert.Single(classes, each => Matching(each, expressions.Count) == Matching(expressions, one));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(1, 1));
    }

    private static string Matching(IReadOnlyList<string> expressions, string text) =>
        string.Concat(expressions.Select(expression => Re2.WholeText(expression).IsMatch(text) ? '1' : '0'));

    private static string Matching(TextClass texts, int patterns) =>
        string.Concat(Enumerable.Range(0, patterns).Select(pattern => texts.Matches(pattern) ? '1' : '0'));

    /// <summary>The class of one text: the text itself is added as a pattern.</summary>
    private static TextClass ClassOf(string text, TextPattern pattern) =>
        TextPartition.Of(Anything, [pattern, Exact(text)]).Classes.Single(each => each.Matches(1));

    private static TextPattern Exact(string text) => new(TextPatternKind.Exact, text, IgnoresCase: false);

    private static TextPattern Prefix(string text) => new(TextPatternKind.Prefix, text, IgnoresCase: false);

    private static TextPattern Regex(string text) => new(TextPatternKind.Regex, text, IgnoresCase: false);
}
