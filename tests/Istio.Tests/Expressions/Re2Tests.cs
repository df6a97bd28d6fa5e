using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Istio.Expressions;

public sealed class Re2Tests
{
    [Theory]
    [InlineData("/rev.*", "/reviews/0", true)]
    [InlineData("/rev", "/reviews", false)]
    [InlineData("rev", "/rev", false)]
    [InlineData("a|ab", "ab", true)]
    [InlineData("^a$", "a", true)]
    [InlineData("a$", "a\n", false)]
    [InlineData("a.b", "a\nb", false)]
    [InlineData("(?s)a.b", "a\nb", true)]
    [InlineData("(?s:a.b)c.d", "a\nbc\nd", false)]
    [InlineData("(?i)jason", "JASON", true)]
    [InlineData("(?i:J)ason", "jason", true)]
    [InlineData("(?i:J)ason", "jASON", false)]
    [InlineData("(?i)a(?-i)b", "Ab", true)]
    [InlineData("(?i)a(?-i)b", "aB", false)]
    [InlineData("(?m)a$\n^b", "a\nb", true)]
    [InlineData(@"\d+", "42", true)]
    [InlineData(@"\d+", "\u0664\u0662", false)]
    [InlineData(@"\w+", "é", false)]
    [InlineData(@"\W", "é", true)]
    [InlineData(@"[^\d]", "x", true)]
    [InlineData(@"[\s\S]", "\n", true)]
    [InlineData(@"\s", "\u00a0", false)]
    [InlineData(@"\pL\p{Lu}\PN", "aBc", true)]
    [InlineData(@"[\p{^Lu}]", "B", false)]
    [InlineData("[[:alpha:]]+", "abc", true)]
    [InlineData("[[:^alpha:]]+", "a", false)]
    [InlineData("[]a]+", "]a]", true)]
    [InlineData("[^]a]", "]", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[a-c-e]", "-", true)]
    [InlineData("[a&&b]", "&", true)]
    [InlineData("[a-z-[aeiou]]", "e]", true)]
    [InlineData(@"[\[\]]", "[", true)]
    [InlineData("a{2}", "aa", true)]
    [InlineData("a{2,}", "aaaa", true)]
    [InlineData("a{2,3}", "aaaa", false)]
    [InlineData("a{,3}", "a{,3}", true)]
    [InlineData("a{", "a{", true)]
    [InlineData("x{a}", "x{a}", true)]
    [InlineData("a b#c", "a b#c", true)]
    [InlineData(@"\Qa.b*\E+", "a.b*a.b*", true)]
    [InlineData(@"\Qa.b", "a.b", true)]
    [InlineData(@"(?P<id>[0-9]+)-(?<x>a)", "12-a", true)]
    [InlineData(@"\x41\x{1F600}\101\t\.", "A😀A\t.", true)]
    [InlineData("😀+", "😀😀", true)]
    [InlineData(@"\bfoo\b", "foo", true)]
    [InlineData(@"\Afoo\z", "foo", true)]
    [InlineData("(?U)a+?", "aaa", true)]
    [InlineData("", "", true)]
    [InlineData("(|a)b", "ab", true)]
    public void WholeText_ExpressionOfRe2_MatchesAsRe2Does(string pattern, string text, bool matches)
    {
        Assert.Null(Re2.FindError(pattern));
        Assert.Equal(matches, Re2.WholeText(pattern).IsMatch(text));
    }

    [Theory]
    [InlineData("(?=a)", "RE2 has no look-ahead")]
    [InlineData("(?!a)", "RE2 has no look-ahead")]
    [InlineData("(?<=a)", "RE2 has no look-behind")]
    [InlineData("(?<!a)", "RE2 has no look-behind")]
    [InlineData("(?>a)", "RE2 has no atomic groups")]
    [InlineData("(?(1)a|b)", "RE2 has no conditions")]
    [InlineData("(?#a)", "RE2 has no comments")]
    [InlineData("(?P=a)", "RE2 has no back-references")]
    [InlineData(@"(a)\1", @"RE2 has no back-references: \1")]
    [InlineData(@"\k<a>", @"RE2 has no back-references: \k")]
    [InlineData("a++", "+ is followed by another repetition; RE2 has no possessive ones")]
    [InlineData("a**", "* is followed by another repetition; RE2 has no possessive ones")]
    [InlineData("a{2}{3}", "{2} is followed by another repetition; RE2 has no possessive ones")]
    [InlineData("*", "there is nothing before * to repeat")]
    [InlineData("a|*", "there is nothing before * to repeat")]
    [InlineData("(?i)*", "there is nothing before * to repeat")]
    [InlineData("{2}", "there is nothing before { to repeat")]
    [InlineData("(a", "a ( is not closed")]
    [InlineData("a)", "a ) closes nothing")]
    [InlineData("[a", "a [ is not closed")]
    [InlineData("[]", "a [ is not closed")]
    [InlineData("[z-a]", "the range z-a goes backwards")]
    [InlineData("[[:foo:]]", "\"[:foo:]\" is not a class of characters")]
    [InlineData(@"a\", "it ends in a backslash")]
    [InlineData(@"\Z", @"RE2 has no escape \Z")]
    [InlineData(@"\G", @"RE2 has no escape \G")]
    [InlineData(@"\u0041", @"RE2 has no escape \u")]
    [InlineData(@"\x4", @"\x is followed by two hexadecimal digits, or by up to six in braces")]
    [InlineData("a{1001}", "it repeats more than 1000 times")]
    [InlineData("(a{100}){100}", "it repeats more than 1000 times")]
    [InlineData("a{3,2}", "{3,2} has its least above its most")]
    [InlineData("(?x)a", "(?x has no meaning in RE2")]
    [InlineData("(?P<a-b>c)", "the name of a group is letters, digits and underscores")]
    public void FindError_ExpressionThatRe2HasNot_SaysWhy(string pattern, string error) => Assert.Equal(error, Re2.FindError(pattern));

    [Fact]
    public void FindError_ScriptThatDotNetDoesNotKnow_SaysWhatThereIs() =>
        Assert.Contains("the mesh knows no class of characters", Re2.FindError(@"\p{Greek}"), StringComparison.Ordinal);

    [Fact]
    public void FindError_LongerThanIstiodTakes_IsOne()
    {
        Assert.Null(Re2.FindError(new string('a', 1024)));
        Assert.Equal("it has 1025 characters, 1024 are allowed", Re2.FindError(new string('a', 1025)));
    }

    [Fact]
    public void WholeText_ExpressionWithAnError_Throws() => Assert.Throws<ArgumentException>(() => Re2.WholeText("(?=a)"));

    [Theory]
    [InlineData("/api/v1/(.*)", "/v2/\\1", "/api/v1/books", "/v2/books")]
    [InlineData("(?P<a>x)(y)", "\\2\\1", "xy", "yx")]
    [InlineData("b", "[\\0]", "abcb", "a[b]c[b]")]
    [InlineData("b", "$1${2}", "b", "$1${2}")]
    [InlineData("b", "\\\\", "b", "\\")]
    public void Replacement_OfRe2_DoesTheSame(string pattern, string rewrite, string path, string expected) =>
        Assert.Equal(expected, Re2.Anywhere(pattern).Replace(path, Re2.Replacement(rewrite)));

    /// <summary>Whatever is taken, .NET's engine without back-tracking takes too.</summary>
    [Fact]
    public void FindError_AnyExpression_NoneMeansThatDotNetTakesIt()
    {
        string[] bits =
        [
            "a", "b", "(", ")", "(?:", "(?i)", "(?i:", "(?P<n>", "[", "]", "^", "-", "[:alpha:]", "[^", "{2}", "{2,}", "{", "}", "*", "+",
            "?", "|", ".", "$", "\\d", "\\W", "\\b", "\\pL", "\\Q", "\\E",
            "\\x41", "\\n", "\\", "é", "😀", "&&", "#", " ", "\\z", "\\07", "(?s-U:", "(?m)", "\ud800",
        ];
        Prop.ForAll(
            Gen.Elements(bits).ListOf().Select(each => string.Concat(each)).ToArbitrary(),
            pattern =>
            {
                if (Re2.FindError(pattern) is null)
                {
                    var regex = Re2.WholeText(pattern);
                    Assert.True(regex.Options.HasFlag(RegexOptions.NonBacktracking));
                    _ = regex.IsMatch("ab");
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(15));
    }
}
