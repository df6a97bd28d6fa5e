using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes.Services;

/// <summary>A Lab on a system that has only 127.0.0.1.</summary>
public sealed class SingleAddressTests : IClassFixture<SingleAddressTests.SingleAddressLab>
{
    private readonly SingleAddressLab _lab;

    public SingleAddressTests(SingleAddressLab lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task ClusterIP_APortStandsForIt_AndItSaysSo()
    {
        await Eventually.HoldsAsync(async () => (await AddressesAsync("details")).Length > 0, "the Service has a port");

        Assert.Equal("127.0.0.1", await _lab.TypeAsync("get svc details -o 'jsonpath={.spec.clusterIP}'"));
        var address = (await AddressesAsync("details")).Split('=')[1];
        Assert.Contains("author", await Callers.GetAsync($"http://{address}/details/0"), StringComparison.Ordinal);
        Assert.Contains($"http={address}: reached there on this machine, because this system has only 127.0.0.1",
            await _lab.TypeAsync("events --for service/details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_EachHasAPortThatStandsForItsContainers()
    {
        var ports = await _lab.TypeAsync("get pods -l app=reviews -o 'jsonpath={.items[*].spec.containers[0].ports[0].hostPort}'");

        Assert.Equal(3, ports.Split(' ').Distinct().Count());
        Assert.Equal("9080", await _lab.TypeAsync("get pod reviews-v1-1 -o 'jsonpath={.spec.containers[0].ports[0].containerPort}'"));
        Assert.Contains("\"id\"", await Callers.GetAsync($"http://127.0.0.1:{ports.Split(' ')[0]}/reviews/0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expose_NodePort_IsTheSameAsElsewhere()
    {
        await _lab.TypeAsync("expose deployment details-v1 --name=door --port=9080 --type=NodePort");
        var port = await _lab.TypeAsync("get svc door -o 'jsonpath={.spec.ports[0].nodePort}'");
        await Eventually.HoldsAsync(async () => !await Callers.IsRefusedAsync($"127.0.0.1:{port}"), "the port opens");

        Assert.Contains("author", await Callers.GetAsync($"http://127.0.0.1:{port}/details/0"), StringComparison.Ordinal);
    }

    private Task<string> AddressesAsync(string service) =>
        _lab.TypeAsync($"get svc {service} -o 'jsonpath={{.metadata.annotations.bookinfo-lab/addresses}}'");

    public sealed class SingleAddressLab : LabWithKubectl
    {
        private protected override LabOptions Options { get; } =
            new() { Gateway = Any, Log = TextWriter.Null, HasLoopbackRange = false };
    }
}
