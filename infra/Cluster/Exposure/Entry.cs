using System.Collections.Immutable;
using Bookinfo.Cluster.Resources;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Outputs.Core.V1;

namespace Bookinfo.Cluster.Exposure;

/// <summary>What the ways in have in common.</summary>
internal static class Entry
{
    /// <summary>What a URL says until the balancer has an address.</summary>
    public const string Pending = "pending";

    /// <summary>The first path that is let in: the page.</summary>
    public static string Path(BookService service) => service.PublicPaths[0].Path;

    /// <summary>A Service for the page with another type than the one that the other services call.</summary>
    public static ServiceSpecArgs Spec(BookService service, string type, int port, int? nodePort = null)
    {
        var name = WellKnown.PortName(service);
        var open = new ServicePortArgs { Name = name, AppProtocol = name, Port = port, TargetPort = name, Protocol = "TCP" };
        if (nodePort is { } fixedPort)
        {
            open.NodePort = fixedPort;
        }

        return new ServiceSpecArgs { Type = type, Selector = Labels.Select(service.Name), Ports = { open } };
    }

    /// <summary>What a balancer is called: by its name where it has one, else by its address.</summary>
    public static string Host(string? name, string address) => name is { Length: > 0 } ? name : address;

    /// <summary>A URL without the port that its scheme means anyway.</summary>
    public static string Url(bool tls, string host, BookService service, int? port = null)
    {
        var usual = tls ? 443 : 80;
        // An address of IPv6 has colons of its own (RFC 3986, 3.2.2).
        var inBrackets = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return $"{(tls ? "https" : "http")}://{inBrackets}{(port is null || port == usual ? "" : $":{port}")}{Path(service)}";
    }

    /// <summary>The address that a balancer has given a Service.</summary>
    public static Output<string> Address(Output<ServiceStatus> status) => status.Apply(now => Address(now?.LoadBalancer));

    private static string Address(LoadBalancerStatus? balancer)
    {
        var ingress = balancer?.Ingress is { IsDefaultOrEmpty: false } addresses ? addresses[0] : null;
        return ingress is null ? Pending : Host(ingress.Hostname, ingress.Ip);
    }

    /// <summary>The first of the addresses in a Gateway's status, which is untyped.</summary>
    public static string Address(ImmutableDictionary<string, object?>? status) =>
        status?.GetValueOrDefault("addresses") is ImmutableArray<object?> { IsDefaultOrEmpty: false } addresses
        && addresses[0] is ImmutableDictionary<string, object?> first && first.GetValueOrDefault("value") is string address ? address
            : Pending;
}
