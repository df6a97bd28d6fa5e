using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Load;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.TrafficConsole.Live;

/// <summary>All that the page shows and that changes, at one moment: what <c>GET /api/events</c> sends.</summary>
/// <param name="Revision">The revision of the rules in force.</param>
/// <param name="Since">When they came into force.</param>
/// <param name="Warnings">How many warnings there are about them.</param>
/// <param name="Services">What is asked of each service's traffic.</param>
/// <param name="Edges">Who called what.</param>
/// <param name="Pods">How each pod is.</param>
/// <param name="History">The latest changes, the newest first.</param>
/// <param name="Load">How the console's own load does.</param>
/// <param name="Canary">The canary under way, or the last one; null where there was none.</param>
public sealed record ConsoleState(
    long Revision,
    DateTimeOffset Since,
    int Warnings,
    IReadOnlyList<ServiceState> Services,
    IReadOnlyList<EdgeState> Edges,
    IReadOnlyList<PodState> Pods,
    IReadOnlyList<RuleChange> History,
    LoadStatus Load,
    CanaryStatus? Canary);

/// <summary>What the rules in force ask of a service's traffic.</summary>
/// <param name="Name">The service.</param>
/// <param name="Rule">The VirtualService that routes the calls to it, as <c>NAMESPACE/NAME</c>; null for none.</param>
/// <param name="Asked">The share of each release for requests that no match takes; null where no rule splits them, so that pods take
/// turns.</param>
/// <param name="Matches">Routes that come first, in words: <c>end-user is jason: v2</c>.</param>
/// <param name="Actions">Faults and mirrors, in words: <c>delay 7 s</c>.</param>
/// <param name="Resilience">Which patterns the mesh has for calls to it.</param>
/// <param name="CallersResilience">Whether every service that calls it retries and breaks circuits itself; null where nothing calls it,
/// or where its callers run elsewhere.</param>
public sealed record ServiceState(
    string Name,
    string? Rule,
    IReadOnlyList<ReleaseShare>? Asked,
    IReadOnlyList<string> Matches,
    IReadOnlyList<string> Actions,
    ResiliencePatterns Resilience,
    bool? CallersResilience);

/// <summary>What one workload asked of one release of a service.</summary>
/// <param name="Caller">The calling workload.</param>
/// <param name="Service">The service's short name.</param>
/// <param name="Release">The release that answered; <c>unknown</c> where the mesh answered itself.</param>
/// <param name="Recent">The last 30 seconds, or since the rules changed where that is shorter.</param>
/// <param name="SinceChange">Since the rules in force came into force.</param>
public sealed record EdgeState(string Caller, string Service, string Release, TrafficFigures Recent, TrafficFigures SinceChange);

/// <summary>What was counted in a span of time.</summary>
/// <param name="Requests">How many requests.</param>
/// <param name="Rate">Requests a second.</param>
/// <param name="Share">Their part of this caller's requests to this service, 0 to 1.</param>
/// <param name="Low">Lower end of the share's 95 % interval.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="Errors">How many ended in a 5xx or without an answer.</param>
/// <param name="Flags">How many bear each of Envoy's response flags.</param>
/// <param name="P50">Median duration in milliseconds; null where nothing was counted.</param>
/// <param name="P99">The duration in milliseconds that 99 of 100 stayed below; null where nothing was counted.</param>
public sealed record TrafficFigures(
    long Requests,
    double Rate,
    double Share,
    double Low,
    double High,
    long Errors,
    IReadOnlyDictionary<string, long> Flags,
    double? P50,
    double? P99);

/// <summary>How a pod is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Release">Its release.</param>
/// <param name="IsUp">It answers.</param>
/// <param name="Fault">How it is broken on purpose; null where it is not.</param>
/// <param name="EjectedBy">The callers whose circuit breaker leaves it out now.</param>
/// <param name="Reached">How many requests reached it in the last 30 seconds, or since the rules changed, retries included; null where it
/// runs elsewhere.</param>
public sealed record PodState(
    string Name, string Service, string Release, bool IsUp, Fault? Fault, IReadOnlyList<string> EjectedBy, long? Reached);
