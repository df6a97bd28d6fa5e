using System.Globalization;
using System.Net;
using System.Text;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Listeners;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Benchmarks.Servers;

/// <summary>
/// The mesh as <c>bookinfo mesh</c> runs it, between one caller and one pod, with one rule for that pod's service and, where asked, a
/// thousand rules for other services.
/// </summary>
internal static class MeshHop
{
    private const string Rule = """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: upstream }
        spec:
          host: upstream
          subsets: [{ name: v1, labels: { version: v1 } }]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: upstream }
        spec:
          hosts: [upstream]
          http:
          - route:
            - destination: { host: upstream, subset: v1 }
        """;

    /// <summary>Serves the caller's outbound listener until it is killed.</summary>
    /// <param name="outbound">The caller's outbound listener.</param>
    /// <param name="upstream">The pod that is called.</param>
    /// <param name="otherServices">How many VirtualServices of ten routes each stand beside the one that matters.</param>
    /// <param name="protocol">The protocol of the pod's port: <c>http</c> or <c>grpc</c>.</param>
    public static async Task ServeAsync(IPEndPoint outbound, IPEndPoint upstream, int otherServices, string protocol = "http")
    {
        SocketSettings.HandleOnEventThreads();
        var reading = RuleReader.Read(new RuleSource("benchmark", OtherRules(otherServices) + Rule));
        if (reading.HasErrors)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Problems));
        }

        var options = new MeshOptions
        {
            Services = [Service("caller"), Service("upstream", protocol),
                .. Enumerable.Range(0, otherServices).Select(i => Service(Name(i)))],
            Pods = [Pod("caller", new IPEndPoint(IPAddress.Loopback, 1), outbound), Pod("upstream", upstream, null)],
        };
        await using var mesh = await MeshServer.StartAsync(options, reading.Rules, CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Rules for services without calls: ten routes each, by path.</summary>
    public static string OtherRules(int services)
    {
        var yaml = new StringBuilder();
        for (var i = 0; i < services; i++)
        {
            yaml.Append(OtherRule(i, "/path"));
        }

        return yaml.ToString();
    }

    /// <summary>One of these rules.</summary>
    /// <param name="i">Which.</param>
    /// <param name="path">What the paths of its routes begin with.</param>
    public static string OtherRule(int i, string path)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: { name: {{Name(i)}} }
            spec:
              hosts: [{{Name(i)}}]
              http:

            """);
        for (var route = 0; route < 10; route++)
        {
            yaml.Append(CultureInfo.InvariantCulture,
                $"  - match: [{{ uri: {{ prefix: {path}-{route} }} }}]\n    route: [{{ destination: {{ host: {Name(i)} }} }}]\n");
        }

        return yaml.Append("---\n").ToString();
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"service-{i}");

    private static MeshService Service(string name, string protocol = "http") => new(name, 9080, protocol, "default");

    private static Pod Pod(string app, IPEndPoint address, IPEndPoint? outbound) =>
        new($"{app}-v1-0", new Workload($"{app}-v1", app, "v1", new Dictionary<string, string> { ["app"] = app, ["version"] = "v1" },
            "default"), address, outbound);
}
