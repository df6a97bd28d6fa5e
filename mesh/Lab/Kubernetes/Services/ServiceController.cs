using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.ServiceNetwork;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// Brings the service network in line with the Services: their endpoints, what listens for them, and what their status and events say of
/// it. It is called after each change, by one caller at a time.
/// </summary>
internal sealed class ServiceController : IAsyncDisposable
{
    /// <summary>What stands for ports on which the Lab cannot listen, at the Service.</summary>
    public const string AddressesAnnotation = "bookinfo-lab/addresses";

    private const string Listening = "Listening";
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);

    private readonly ObjectStore _store;
    private readonly EndpointObjects _endpoints;
    private readonly EndpointMirror _mirror;
    private readonly ServiceAddresses _addresses;
    private readonly ServiceProxy _proxy;
    private readonly ServiceEvents _events;
    private readonly StandInPorts _standIns;
    private readonly ServicePorts _ports;
    private readonly ITimer _retry;
    private readonly List<string> _order = [];

    /// <summary>Makes one, which does nothing yet.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="addresses">The service network.</param>
    /// <param name="events">Tells what happened.</param>
    /// <param name="changed">Called when it is to be tried again to listen on an address that was in use.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Where the endpoints of connections are drawn from.</param>
    public ServiceController(
        ObjectStore store, ServiceAddresses addresses, ServiceEvents events, Action changed, TimeProvider time, Random random)
    {
        (_store, _addresses, _events) = (store, addresses, events);
        _endpoints = new EndpointObjects(store, events.Now);
        _mirror = new EndpointMirror(store, events.Now);
        _proxy = new ServiceProxy(time, random);
        _standIns = new StandInPorts(addresses);
        _ports = new ServicePorts(_standIns);
        _retry = time.CreateTimer(_ => changed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Makes it so.</summary>
    public void Update()
    {
        _endpoints.Update();
        _mirror.Update();
        var services = InOrder([.. _store.All(KubernetesKinds.Service).Select(found => found.Content)]);
        _standIns.Keep(services);
        var unavailable = Sync(services);
        if (services.Exists(service => Replace(service, unavailable)))
        {
            unavailable = Sync(services);
        }

        foreach (var service in services)
        {
            WriteStatus(service, [.. unavailable.Where(failure => IsOf(service, failure))]);
        }

        _retry.Change(unavailable.Count > 0 ? BetweenAttempts : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Closes the service network.</summary>
    public async ValueTask DisposeAsync()
    {
        await _retry.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    /// <summary>In the order in which they came: what the first has been given, a later one does not take away.</summary>
    private List<JsonObject> InOrder(List<JsonObject> services)
    {
        _order.RemoveAll(known => !services.Exists(service => service.Uid() == known));
        _order.AddRange(services.Select(service => service.Uid()).Except(_order).ToList());
        return [.. services.OrderBy(service => _order.IndexOf(service.Uid()))];
    }

    private IReadOnlyList<UnavailableFrontend> Sync(List<JsonObject> services)
    {
        var slices = _store.All(KubernetesKinds.EndpointSlice).Select(found => found.Content)
            .ToLookup(slice => (slice.Namespace(), slice.Text("metadata", "labels", EndpointObjects.ServiceName) ?? ""));
        return _proxy.Sync([.. services.SelectMany(service => _ports.Of(service, slices[(service.Namespace(), service.Name())]))
            .Select(port => port.Served)]);
    }

    private bool Replace(JsonObject service, IReadOnlyList<UnavailableFrontend> unavailable) =>
        unavailable.Where(failure => IsOf(service, failure)).Any(failure => ServiceTypes.PortsOf(service)
            .Any(port => _standIns.Replace(service, port, failure.Address, failure.Error)));

    private void WriteStatus(JsonObject service, IReadOnlyList<UnavailableFrontend> unavailable)
    {
        var sentence = Sentence(service, unavailable);
        var standIns = _standIns.Describe(service);
        var before = service;
        var after = _store.Update(KubernetesKinds.Service, service.Namespace(), service.Name(), current =>
        {
            current.Section("status")["loadBalancer"] = LoadBalancer(current, unavailable);
            SetCondition(current, sentence);
            if (standIns is not null)
            {
                current.Metadata().Section("annotations")[AddressesAnnotation] = standIns;
            }
        })?.Content;
        if (after is null)
        {
            return;
        }

        if (standIns is not null && before.Text("metadata", "annotations", AddressesAnnotation) != standIns)
        {
            _events.Tell(after, "PortStandsIn", $"{standIns}: reached there on this machine, because "
                + (_addresses.IsSingle ? "this system has only 127.0.0.1; a port stands for the ClusterIP and its port"
                    : "this user may not listen on ports below 1024"), isWarning: false);
        }

        if (sentence is not null && ConditionOf(before).Text("message") != sentence)
        {
            _events.Tell(after, ServiceTypes.TypeOf(service) == ServiceTypes.LoadBalancer ? "SyncLoadBalancerFailed" : "PortNotAvailable",
                sentence, isWarning: true);
        }
    }

    private static string? Sentence(JsonObject service, IReadOnlyList<UnavailableFrontend> unavailable)
    {
        if (ServiceTypes.TypeOf(service) == ServiceTypes.LoadBalancer && service.Text("spec", "loadBalancerClass") is { } other)
        {
            return $"no load balancer of the class {other} runs in the Lab; leave loadBalancerClass out to be given 127.0.0.1";
        }

        return unavailable.Count == 0 ? null : string.Join("; ", unavailable.Select(failure =>
            $"cannot listen on {failure.Address}: {PortCheck.Reason(failure.Error)}")) + ". It is tried again every few seconds.";
    }

    private static JsonObject LoadBalancer(JsonObject service, IReadOnlyList<UnavailableFrontend> unavailable)
    {
        var ports = ServiceTypes.PortsOf(service).Where(port => ServicePorts.LoadBalancerOf(service, port) is not null).ToList();
        return ports.Count == 0 || ports.Exists(port => unavailable.Any(failure =>
            failure.Address.Equals(ServicePorts.LoadBalancerOf(service, port))))
            ? []
            : new JsonObject
            {
                ["ingress"] = new JsonArray(new JsonObject
                {
                    ["ip"] = ServiceAddresses.Node.ToString(),
                    ["ipMode"] = "VIP",
                    ["ports"] = new JsonArray([.. ports.Select(port => new JsonObject
                    {
                        ["port"] = port.Number("port"),
                        ["protocol"] = port.Text("protocol") ?? "TCP",
                    })]),
                }),
            };
    }

    private void SetCondition(JsonObject service, string? sentence)
    {
        var status = service.Section("status");
        if (sentence is null)
        {
            status.Remove("conditions");
            return;
        }

        if (ConditionOf(service).Text("message") != sentence)
        {
            status["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = Listening,
                ["status"] = "False",
                ["reason"] = "PortNotAvailable",
                ["message"] = sentence,
                ["lastTransitionTime"] = _events.Now(),
            });
        }
    }

    private static JsonObject? ConditionOf(JsonObject service) =>
        service.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == Listening);

    private static bool IsOf(JsonObject service, UnavailableFrontend failure) =>
        failure.Port.StartsWith($"{service.Namespace()}/{service.Name()}:", StringComparison.Ordinal);
}

/// <summary>Notes what happened to Services.</summary>
/// <param name="Tell">Notes it: to which object, what in a word, what in a sentence, and whether something is wrong.</param>
/// <param name="Now">The time now, as objects have it.</param>
internal sealed record ServiceEvents(TellEvent Tell, Func<string> Now);

/// <summary>Notes what happened to an object.</summary>
/// <param name="about">The object.</param>
/// <param name="reason">What, in a word.</param>
/// <param name="message">What, in a sentence.</param>
/// <param name="isWarning">Whether something is wrong.</param>
internal delegate void TellEvent(JsonObject about, string reason, string message, bool isWarning);
