using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>The canary: its steps, what is measured, its time line. A script brings it to life.</summary>
internal static class CanaryView
{
    public static void Write(HtmlWriter html, ConsoleOptions options)
    {
        if (options.Rollouts.Count == 0)
        {
            return;
        }

        html.Write($"""
            <section class="card canary" id="canary" aria-labelledby="canary-title" hidden>
            <header><h2 id="canary-title">The canary</h2><p class="phase" id="canary-phase" role="status"></p></header>
            <form class="buttons" id="canary-start">
            <label>Run <select id="canary-file">

            """);
        foreach (var rollout in options.Rollouts)
        {
            html.Write($"""
                <option value="{rollout.Name}" title="{rollout.Summary}">{rollout.Name}</option>

                """);
        }

        html.Write($"""
            </select></label>
            <label>of <select id="canary-service"></select></label>
            <label>from <select id="canary-from"></select></label>
            <label>to <select id="canary-to"></select></label>
            <button type="submit" class="main" id="canary-run">Start the canary</button>
            </form>
            <p class="said" id="canary-said" role="status"></p>
            <p id="canary-idle" hidden>There are no requests to measure. Start the load at the top of the page.</p>
            <div class="canary-run" id="canary-now" hidden>
            <ol class="steps" id="canary-steps" aria-label="Steps"></ol>
            <div class="canary-facts">
            <div class="buttons" id="canary-buttons">
            <button type="button" data-canary="promote">Promote</button>
            <button type="button" data-canary="pause">Pause</button>
            <button type="button" data-canary="resume">Resume</button>
            <button type="button" data-canary="abort">Abort</button>
            <button type="button" data-canary="retry">Retry</button>
            </div>
            <p class="asked-seen" id="canary-share"></p>
            <div class="scroll"><table id="canary-metrics"><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Value</th>
            <th scope="col" class="number">Requests</th><th scope="col">Threshold</th><th scope="col">Verdict</th></tr></thead>
            <tbody></tbody></table></div>
            <svg class="timeline" id="canary-line" viewBox="0 0 600 90" preserveAspectRatio="none" aria-hidden="true"></svg>
            <ol class="events" id="canary-events" aria-label="What happened" tabindex="0"></ol>
            </div>
            </div>
            </section>

            """);
    }
}
