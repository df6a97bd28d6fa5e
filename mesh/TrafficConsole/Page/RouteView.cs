using System.Globalization;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>One route: a bar that shows the split at a glance, and a table that says it in numbers.</summary>
internal static class RouteView
{
    // As many releases have a color of their own; the others share them in turn.
    private const int Colors = 6;

    public static void Write(HtmlWriter html, RouteTraffic route)
    {
        html.Write($"""
            <section class="route">
            <header><h3>{route.Caller} <span class="arrow" aria-hidden="true">→</span> <span class="aside">calls</span> {route.Destination}</h3>
            <p class="quiet">{TrafficView.Text(route.Requests)} {(route.Requests == 1 ? "request" : "requests")}</p></header>
            <svg class="split" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            """);
        var left = 0.0;
        foreach (var release in route.Releases)
        {
            var width = release.Entry.Share * 100;
            html.Write($"""<rect class="{ClassOf(release)}" x="{Units(left)}" width="{Units(width)}" height="1"/>""");
            left += width;
        }

        html.Write($"""
            </svg>
            <div class="scroll" tabindex="0" role="group" aria-label="{route.Caller} to {route.Destination}"><table>
            <thead><tr><th scope="col">Release</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Share</th>
            <th scope="col" class="number">95 % interval</th><th><span class="aside">Drawn</span></th><th scope="col" class="number">Errors</th><th scope="col">Flags</th>
            <th scope="col" class="number">p50</th><th scope="col" class="number">p99</th></tr></thead>
            <tbody>

            """);
        foreach (var release in route.Releases)
        {
            WriteRow(html, release, route.Requests);
        }

        html.Write($"""
            </tbody></table></div>
            </section>

            """);
    }

    private static void WriteRow(HtmlWriter html, ReleaseTraffic release, long all)
    {
        var entry = release.Entry;
        var interval = ConfidenceInterval.Wilson(entry.Requests, all);
        html.Write($"""
            <tr><th scope="row"><span class="dot {ClassOf(release)}" aria-hidden="true"></span>{(release.Place is null ? "the mesh itself" : entry.Release)}</th>
            <td class="number">{TrafficView.Text(entry.Requests)}</td><td class="number">{Percent(entry.Share)}</td>
            <td class="number quiet">{Tenths(interval.Low)} to {Percent(interval.High)}</td>
            <td><svg class="whisker" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="axis" y="4.5" width="100" height="1"/><rect class="{ClassOf(release)}" x="{Units(interval.Low * 100)}" y="3" width="{Units((interval.High - interval.Low) * 100)}" height="4"/><rect class="{ClassOf(release)}" x="{Units(Math.Clamp((entry.Share * 100) - 0.6, 0, 98.8))}" width="1.2" height="10"/></svg></td>
            <td class="number{(entry.Errors > 0 ? " bad" : "")}">{TrafficView.Text(entry.Errors)}</td>
            <td>{string.Join(", ", entry.ResponseFlags.Select(flag => $"{flag.Key} {flag.Value}"))}</td>
            <td class="number">{Milliseconds(entry.P50)}</td><td class="number">{Milliseconds(entry.P99)}</td></tr>

            """);
    }

    /// <summary>The class that gives a release its color.</summary>
    /// <param name="place">Which of the service's releases it is, from 0.</param>
    public static string ClassOf(int place) => $"r{place % Colors}";

    private static string ClassOf(ReleaseTraffic release) => release.Place is { } place ? ClassOf(place) : "none";

    private static string Units(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{Tenths(share)} %";

    private static string Tenths(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan? time) => time?.TotalMilliseconds switch
    {
        null => "",
        >= 100 and var whole => string.Create(CultureInfo.InvariantCulture, $"{whole:0} ms"),
        var tenths => string.Create(CultureInfo.InvariantCulture, $"{tenths:0.0} ms"),
    };
}
