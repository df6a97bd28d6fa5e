using System.Globalization;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary>Who served a part of the page, how long it took, and what a reader is told where it did not answer.</summary>
internal static class Served
{
    /// <summary>"Reviews served by: pod", then the release where the pod says it.</summary>
    public static void WriteServed(this HtmlWriter html, string part, string pod, Answer answer, string? cluster = null)
    {
        html.Write($"""
            <p class="served">{part} served by: <code>{pod}</code>
            """);
        if (cluster is not (null or "" or "null"))
        {
            html.Write($" on cluster <code>{cluster}</code>");
        }

        if (answer.Release is { } release)
        {
            html.Write($"""
                 <span class="release">{release}</span>
                """);
        }

        html.Write($"""
             in {Duration(answer.Took)}{(answer.Tries > 1 ? ", asked twice" : "")}</p>

            """);
    }

    /// <summary>The two sentences of a part that is missing, and what came instead.</summary>
    /// <param name="html">The page so far.</param>
    /// <param name="part">details or reviews.</param>
    /// <param name="answer">What came instead.</param>
    public static void WriteAlarm(this HtmlWriter html, string part, Answer answer)
    {
        html.Write($"""
            <section class="alarm" aria-labelledby="{part}">
            <h2 id="{part}">Error fetching product {part}</h2>
            <p>Sorry, product {part} are currently unavailable for this book.</p>
            <p class="served">{(answer.Tries > 1 ? "Asked twice" : "Asked once")}, gave up after {Duration(answer.Took)}: {answer.Trouble ?? "an answer that makes no sense"}
            """);
        if (answer.Pod is { } pod)
        {
            html.Write($"""
                 from <code>{pod}</code> <span class="release">{answer.Release}</span>
                """);
        }

        html.Write($"""
            </p>
            </section>

            """);
    }

    private static string Duration(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
