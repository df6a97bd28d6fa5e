using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Bookinfo.Web;

/// <summary>
/// Writes HTML as UTF-8. The literal parts of an interpolated string are markup; every hole is text and is encoded, for element content and
/// for quoted attributes alike. Only <see cref="TrustedHtml"/> is written as it is.
/// </summary>
/// <param name="output">Where the page goes, for example the body of a response.</param>
public sealed class HtmlWriter(IBufferWriter<byte> output)
{
    // Letters of every script pass as they are: the page is UTF-8. The characters that mean something in HTML are encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes markup with its holes encoded: <c>html.Write($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    /// <param name="markup">The interpolated string.</param>
    [SuppressMessage("Performance", "CA1822", Justification = "The compiler hands this writer to the markup.")]
    [SuppressMessage("Style", "IDE0060", Justification = "As above.")]
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
    }

    private void Raw(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);

    private void Text(string text) => Raw(Encoder.Encode(text));

    /// <summary>Receives the parts of an interpolated string and writes each at once.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly HtmlWriter _html;

        /// <summary>Called by the compiler for each interpolated string.</summary>
        /// <param name="literalLength">Not needed: nothing is buffered.</param>
        /// <param name="formattedCount">Not needed either.</param>
        /// <param name="html">The writer.</param>
        public Markup(int literalLength, int formattedCount, HtmlWriter html)
        {
            _ = literalLength + formattedCount;
            _html = html;
        }

        /// <summary>Markup: written as it is.</summary>
        /// <param name="markup">A literal part.</param>
        public void AppendLiteral(string markup) => _html.Raw(markup);

        /// <summary>Text: encoded.</summary>
        /// <param name="text">The text; null writes nothing.</param>
        public void AppendFormatted(string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                _html.Text(text);
            }
        }

        /// <summary>A number: needs no encoding.</summary>
        /// <param name="number">The number.</param>
        public void AppendFormatted(int number) => _html.Raw(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>Markup of our own that was put together elsewhere: written as it is.</summary>
        /// <param name="markup">The markup.</param>
        public void AppendFormatted(TrustedHtml markup) => _html.Raw(markup.Markup);
    }
}
