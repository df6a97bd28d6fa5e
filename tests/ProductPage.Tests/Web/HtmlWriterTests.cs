using System.Buffers;
using System.Text;
using Bookinfo.Web;

namespace Bookinfo.Tests.ProductPage.Web;

public sealed class HtmlWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly HtmlWriter _html;

    public HtmlWriterTests() => _html = new HtmlWriter(_output);

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [Fact]
    public void Write_Markup_PassesAsItIs()
    {
        _html.Write($"<b class=\"x\">& ü</b>");
        Assert.Equal("<b class=\"x\">& ü</b>", Written);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\" onmouseover=\"x", "&quot; onmouseover=&quot;x")]
    [InlineData("' x='", "&#x27; x=&#x27;")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("Jürgen 日本", "Jürgen 日本")]
    public void Write_Hole_IsEncoded(string text, string expected)
    {
        _html.Write($"<i title=\"{text}\">{text}</i>");
        Assert.Equal($"<i title=\"{expected}\">{expected}</i>", Written);
    }

    [Fact]
    public void Write_NothingInTheHole_WritesNothing()
    {
        string? nothing = null;
        _html.Write($"[{nothing}]");
        Assert.Equal("[]", Written);
    }

    [Fact]
    public void Write_NumberAndTrustedHtml_PassAsTheyAre()
    {
        _html.Write($"{-12}{new TrustedHtml("<hr>")}");
        Assert.Equal("-12<hr>", Written);
    }

    [Fact]
    public void Write_HalfASurrogatePair_WritesAReplacement()
    {
        _html.Write($"[{"\ud800"}]");
        Assert.DoesNotContain('\ud800', Written);
    }
}
