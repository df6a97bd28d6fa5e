using System.Net;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Telemetry;

/// <summary>Workloads of one name in two namespaces, as Kubernetes allows.</summary>
public sealed class NamespaceTests
{
    [Fact]
    public async Task Traffic_CallersOfOneNameInTwoNamespaces_AreTwoSeries()
    {
        var other = new Pod("other-0", Workload.Of("productpage", "v1", "staging"), new IPEndPoint(IPAddress.Loopback, 1),
            new IPEndPoint(IPAddress.Loopback, 0));
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync("", options => options with { Pods = [.. options.Pods, other] });
        const string Url = "http://reviews.default.svc.cluster.local:9080/";

        using var first = await mesh.Client().GetAsync(new Uri(Url), TestContext.Current.CancellationToken);
        using var second = await mesh.Client(caller: other).GetAsync(new Uri(Url), TestContext.Current.CancellationToken);

        await Eventually.UntilAsync(() => mesh.Server.Traffic().Entries.Count == 2, "Not each caller has an entry of its own.");
        Assert.Equal(["default", "staging"], mesh.Server.Traffic().Entries.Select(entry => entry.CallerNamespace).Order());
        Assert.All(mesh.Server.Traffic().Entries, entry => Assert.Equal((1, 1.0), (entry.Requests, entry.Share)));
        var metrics = new StringWriter();
        mesh.Server.WriteMetrics(metrics);
        Assert.Contains("source_workload_namespace=\"staging\"", metrics.ToString(), StringComparison.Ordinal);
    }
}
