using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>
/// What a presenter has at hand: the load, the shift, a release's figures and switches, the history. A script brings it to life.
/// </summary>
internal static class ControlView
{
    public static void WriteLoad(HtmlWriter html) => html.Write($"""
        <form class="load" id="load" aria-label="Load" hidden>
        <button type="submit" class="main" id="load-button">Start load</button>
        <label>Pages a second <input type="range" id="load-rate" min="1" max="50" value="10" aria-describedby="load-said"></label>
        <output id="load-number" for="load-rate">10</output>
        <label>as <select id="load-readers"><option value="guest">guest</option><option value="jason">jason</option><option value="both" selected>both</option></select></label>
        <span class="quiet" id="load-said" role="status"></span>
        </form>

        """);

    public static void WriteShift(HtmlWriter html) => html.Write($"""
        <section class="card" id="shift" aria-labelledby="shift-title" hidden>
        <header><h2 id="shift-title">Shift traffic</h2><label>of <select id="shift-service"></select></label></header>
        <div class="shares" id="shares" role="group" aria-label="Shares of the releases"></div>
        <div class="numbers" id="numbers"></div>
        <p class="said" id="shift-said" role="status"></p>
        <p class="quiet" id="shift-matches"></p>
        <details id="shift-rule"><summary>The rule, before and after</summary><pre class="diff" id="diff" tabindex="0"></pre></details>
        <div class="buttons"><button type="button" data-copy="kubectl">Copy for kubectl</button><button type="button" data-copy="pulumi">Copy for pulumi</button></div>
        </section>

        """);

    public static void WriteRelease(HtmlWriter html) => html.Write($"""
        <section class="card" id="release" aria-labelledby="release-title" hidden>
        <header><h2 id="release-title">A release</h2></header>
        <div class="scroll" tabindex="0" role="group" aria-label="Figures since the rules changed"><table id="figures"><thead><tr>
        <th scope="col">Caller</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Share</th>
        <th scope="col" class="number">95 %</th><th scope="col" class="number">Errors</th><th scope="col" class="number">p50</th>
        <th scope="col" class="number">p99</th></tr></thead><tbody></tbody></table></div>
        <ul class="flags" id="flags"></ul>
        <div class="scroll" id="requests" tabindex="0" role="group" aria-label="The last requests" hidden><table><caption>The last requests</caption>
        <thead><tr><th scope="col">Time</th><th scope="col" class="number">Status</th><th scope="col" class="number">Took</th><th scope="col">Request</th>
        <th scope="col">Caller</th><th scope="col">Flags</th><th scope="col">x-request-id</th></tr></thead><tbody></tbody></table></div>
        <form class="buttons" id="fault">
        <label>Break <input type="number" id="fault-percent" min="1" max="100" value="100"> % with</label>
        <select id="fault-kind" aria-label="How"><option value="503">status 503</option><option value="delay">a delay of 2 s</option></select>
        <button type="submit" id="break">Break</button><button type="button" id="heal">Heal</button>
        </form>
        <div class="buttons" id="lifecycle" hidden><button type="button" id="kill">Kill its pod</button><button type="button" id="start">Start it again</button></div>
        <p class="said" id="fault-said" role="status"></p>
        </section>

        """);

    public static void WriteResilience(HtmlWriter html) => html.Write($"""
        <section class="card" id="resilience" aria-labelledby="resilience-title" hidden>
        <header><h2 id="resilience-title">Retry, breaker, bulkhead</h2><label>for calls to <select id="resilience-service"></select></label></header>
        <div class="switches">
        <fieldset><legend>In the mesh</legend>
        <label><input type="checkbox" id="mesh-retries"> Retries: twice more after a 5xx</label>
        <label><input type="checkbox" id="mesh-breaker"> Circuit breaker: a pod that fails 5 times in a row rests for 30 s</label>
        <label><input type="checkbox" id="mesh-bulkhead"> Bulkhead: 10 requests at once from each caller, 10 wait</label>
        </fieldset>
        <fieldset id="application-switches"><legend>In the application</legend>
        <label><input type="checkbox" id="application-resilience"> All three in the callers (Polly); their pods restart</label>
        </fieldset>
        </div>
        <p id="amplification"></p>
        <p class="said" id="resilience-said" role="status"></p>
        </section>

        """);

    public static void WriteWhy(HtmlWriter html) => html.Write($"""
        <section class="card" id="why" aria-labelledby="why-title" hidden>
        <header><h2 id="why-title">Why does it go there?</h2></header>
        <div class="buttons"><button type="button" data-why="guest">Ask as guest</button><button type="button" data-why="jason">Ask as jason</button></div>
        <p class="said" id="why-said" role="status"></p>
        <pre class="why" id="why-text" hidden tabindex="0"></pre>
        </section>

        """);

    public static void WriteHistory(HtmlWriter html) => html.Write($"""
        <section class="card" id="history" aria-labelledby="history-title" hidden>
        <header><h2 id="history-title">What changed</h2></header>
        <p class="said" id="history-said" role="status"></p>
        <ol class="history" id="changes"></ol>
        </section>

        """);
}
