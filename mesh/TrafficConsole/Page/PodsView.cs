using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>What runs and where.</summary>
internal static class PodsView
{
    public static void Write(HtmlWriter html, ConsoleOptions options)
    {
        html.Write($"""
            <section class="card" id="pods-card" aria-labelledby="pods">
            <header><h2 id="pods">What runs</h2><p class="quiet">Choose a release on the map to break or heal it.</p></header>

            """);
        foreach (var service in options.Services)
        {
            WriteService(html, service, options.Mesh.Pods);
        }

        html.Write($"""
            </section>

            """);
    }

    private static void WriteService(HtmlWriter html, ServiceDescription service, IReadOnlyList<Pod> pods)
    {
        html.Write($"""
            <section class="route">
            <header><h3>{service.Name}</h3><p class="quiet">{service.Summary}</p></header>
            <ul class="pods">

            """);
        foreach (var (release, place) in service.Releases.Select((release, place) => (release, place)))
        {
            foreach (var pod in pods.Where(pod => pod.Workload.App == service.Name && pod.Workload.Version == release.Version))
            {
                html.Write($"""
                    <li><span><span class="dot {RouteView.ClassOf(place)}" aria-hidden="true"></span>{pod.Name}</span> <code>{pod.Address.ToString()}</code> <span class="quiet">{release.Summary}</span></li>

                    """);
            }
        }

        html.Write($"""
            </ul>
            </section>

            """);
    }
}
