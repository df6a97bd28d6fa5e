using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.ServiceDefaults;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>
/// A canary's target in a Lab. The load calls the service as one of its callers does, through that caller's own outbound listener, so each
/// answer is the service's own and names the release that made it.
/// </summary>
internal sealed class LabTarget : ICanaryTarget, IDisposable
{
    private const int WarmUpRequests = 20;
    private readonly CanaryPlan _plan;
    private readonly LabHost _lab;
    private readonly HttpClient _caller;
    private readonly HttpClient _direct = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly PodFaults _faults = new();
    private readonly Uri _url;

    /// <summary>A target in a Lab that runs.</summary>
    /// <param name="plan">What is shifted.</param>
    /// <param name="lab">Where.</param>
    /// <param name="topology">Who calls whom.</param>
    /// <exception cref="UserErrorException">No service calls the one to be shifted.</exception>
    public LabTarget(CanaryPlan plan, LabHost lab, ServiceTopology topology)
    {
        (_plan, _lab) = (plan, lab);
        var callers = topology.CallersOf(plan.Service).Select(service => service.Name).ToHashSet();
        var caller = lab.Pods.Select(started => started.Pod).FirstOrDefault(pod => callers.Contains(pod.Workload.App)
            && pod.Outbound is not null)
            ?? throw new UserErrorException(
                $"No service calls {plan.Service} through the mesh, so its traffic cannot be shifted by a mesh rule.", ExitCodes.Usage);
        Caller = caller.Workload.Name;
        _caller = new HttpClient(Through(caller.Outbound!)) { Timeout = TimeSpan.FromSeconds(10) };

        // Every service of the sample answers for book 0 under its own name.
        _url = new Uri($"http://{plan.Service}:{topology[plan.Service].Port}/{plan.Service}/0");
    }

    /// <summary>The workload as which the load calls.</summary>
    public string Caller { get; }

    /// <summary>
    /// Sends a few requests that are not counted: the first ones of a process wait for the JIT compiler, which says nothing of a release.
    /// The new release gets its own past the mesh, because it has no traffic yet.
    /// </summary>
    /// <param name="cancellation">Ends it early.</param>
    public async Task WarmUpAsync(CancellationToken cancellation)
    {
        Shift(0);
        for (var i = 0; i < WarmUpRequests; i++)
        {
            await SendAsync(cancellation);
            foreach (var pod in NewPods())
            {
                using var answer = await _direct.GetAsync(new Uri($"http://{pod.Address}{_url.PathAndQuery}"), cancellation);
            }
        }
    }

    public void Shift(int percent)
    {
        var prepared = _lab.Mesh.Rules.Apply([new RuleSource("canary.yaml", CanaryRule.Write(_plan, percent))]);
        if (prepared.HasErrors)
        {
            throw new UserErrorException($"The canary's rule is refused: {prepared.Problems.First(problem => problem.IsRefusal)}");
        }
    }

    public async Task BreakAsync(CancellationToken cancellation)
    {
        foreach (var pod in NewPods())
        {
            await _faults.BreakAsync(pod, new Fault(), cancellation);
        }
    }

    public async Task<Answer> SendAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _caller.GetAsync(_url, cancellation);
            return new Answer(Version(answer), (int)answer.StatusCode >= 500, Stopwatch.GetElapsedTime(began));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Answer(null, Failed: true, Stopwatch.GetElapsedTime(began));
        }
    }

    public void Dispose()
    {
        _caller.Dispose();
        _direct.Dispose();
        _faults.Dispose();
    }

    private IEnumerable<Pod> NewPods() =>
        _lab.Pods.Select(started => started.Pod).Where(pod => pod.Workload.App == _plan.Service && pod.Workload.Version == _plan.To);

    private string? Version(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(ServiceIdentity.ReleaseHeader, out var names) && names.First() is var name
            && name.StartsWith($"{_plan.Service}-", StringComparison.Ordinal)
            ? name[(_plan.Service.Length + 1)..]
            : null;

    /// <summary>Dials the mesh whatever the URL's host is, as the services' own clients do.</summary>
    private static SocketsHttpHandler Through(IPEndPoint outbound) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(outbound.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(outbound, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
