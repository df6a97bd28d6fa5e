using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>
/// The map: each service with its releases, from the way in on the left to what is called last on the right. The boxes stand where the
/// topology puts them and never move; a script draws the calls between them and fills in the numbers.
/// </summary>
internal static class GraphView
{
    public static void Write(HtmlWriter html, ConsoleOptions options)
    {
        html.Write($"""
            <section class="card map" aria-labelledby="map-title">
            <header><h2 id="map-title">Who calls whom</h2><p class="quiet" id="map-span"></p></header>
            <div class="graph" id="graph">
            <svg class="calls" id="calls" aria-hidden="true"></svg>
            <div class="rank"><div class="service" data-service="istio-ingressgateway"><h3>Gateway</h3>
            <p class="quiet">the way in</p></div></div>

            """);
        foreach (var rank in Ranks(options.Services))
        {
            html.Write($"""
                <div class="rank">

                """);
            foreach (var service in rank)
            {
                WriteService(html, service, options.Mesh);
            }

            html.Write($"""
                </div>

                """);
        }

        html.Write($"""
            <div class="stage" id="stage" hidden>
            <p class="answers" id="answers" role="img" aria-label="No answers yet"></p>
            <div class="buttons"><button type="button" id="stage-break" disabled>Break</button><span class="said" id="stage-said" role="status"></span></div>
            </div>
            </div>
            </section>

            """);
    }

    /// <summary>Services in columns: one that is called stands to the right of all that call it.</summary>
    private static IEnumerable<IGrouping<int, ServiceDescription>> Ranks(IReadOnlyList<ServiceDescription> services)
    {
        var ranks = services.ToDictionary(service => service.Name, _ => 0);

        // As many rounds as there are services settle every chain of calls; a circle of calls ends there, too.
        foreach (var _ in services)
        {
            foreach (var service in services)
            {
                foreach (var called in service.Calls.Where(ranks.ContainsKey).Where(called => called != service.Name))
                {
                    ranks[called] = Math.Min(services.Count, Math.Max(ranks[called], ranks[service.Name] + 1));
                }
            }
        }

        return services.GroupBy(service => ranks[service.Name]).OrderBy(rank => rank.Key);
    }

    private static void WriteService(HtmlWriter html, ServiceDescription service, MeshServer mesh)
    {
        html.Write($"""
            <div class="service" data-service="{service.Name}" data-calls="{string.Join(' ', service.Calls)}">
            <h3>{service.Name}</h3>
            <ul class="badges" data-badges></ul>

            """);
        for (var place = 0; place < service.Releases.Count; place++)
        {
            var release = service.Releases[place];
            if (mesh.Pods.Any(pod => pod.Workload.App == service.Name && pod.Workload.Version == release.Version))
            {
                html.Write($"""
                    <button type="button" class="release" data-release="{release.Version}" data-summary="{release.Summary}" title="{release.Summary}" aria-pressed="false" disabled>
                    <span class="line"><span class="name"><span class="dot {RouteView.ClassOf(place)}" aria-hidden="true"></span>{release.Version}</span>
                    <span class="asked" data-asked></span></span>
                    <span class="line"><span class="seen" data-seen><span>idle</span><span class="of"></span></span><span class="state" data-state></span></span>
                    <span class="more" data-more></span>
                    </button>

                    """);
            }
        }

        html.Write($"""
            </div>

            """);
    }
}
