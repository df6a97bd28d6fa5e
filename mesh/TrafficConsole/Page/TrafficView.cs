using System.Globalization;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>Who asked whom, and how the requests were split over the releases: the part of the page that changes by itself.</summary>
internal static class TrafficView
{
    public static void Write(HtmlWriter html, ConsoleOptions options, bool sinceStart)
    {
        var inForce = options.Mesh.Rules;
        var traffic = sinceStart ? options.Mesh.Traffic() : options.Rules.TrafficSinceChange();
        html.Write($"""
            <header data-revision="{Text(inForce.Revision)}">
            <h2 id="traffic">Traffic</h2>

            """);
        if (sinceStart)
        {
            html.Write($"""
                <p class="quiet">Counted since the start. <a href="/">Since the rules changed</a></p>

                """);
        }
        else
        {
            html.Write($"""
                <p class="quiet">Counted since revision {Text(inForce.Revision)} of the rules came into force, {inForce.Since.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC. <a href="/?since=start">Since the start</a></p>

                """);
        }

        html.Write($"""
            </header>

            """);
        var routes = RouteTraffic.From(traffic, options.Services);
        foreach (var route in routes)
        {
            RouteView.Write(html, route);
        }

        if (routes.Count == 0)
        {
            html.Write($"""
                <p>Nothing yet. Open the book page and reload it a few times.</p>

                """);
        }
    }

    public static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
