using System.Net;
using System.Net.Sockets;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes.Services;

/// <summary>What becomes of Services as people write them.</summary>
public sealed class ServiceWriteTests : IClassFixture<LabWithKubectl>
{
    private readonly LabWithKubectl _lab;

    public ServiceWriteTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    /// <summary>The words of <c>pkg/apis/core/validation/validation.go</c> and of the allocators (kubernetes/kubernetes).</summary>
    [Theory]
    [InlineData("ports: []", "spec.ports: Required value")]
    [InlineData("ports: [{port: 0}]", "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("ports: [{port: 1, nodePort: 30001}]", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("ports: [{port: 1}, {port: 2}]", "spec.ports[0].name: Required value")]
    [InlineData("ports: [{port: 1, name: a}, {port: 1, name: b}]", "spec.ports[1]: Duplicate value")]
    [InlineData("ports: [{port: 1, targetPort: a_b}]", "spec.ports[0].targetPort: Invalid value: \"a_b\"")]
    [InlineData("{ports: [{port: 1}], type: NodePorts}",
        "spec.type: Unsupported value: \"NodePorts\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"")]
    [InlineData("{ports: [{port: 1, nodePort: 8080}], type: NodePort}",
        "spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767")]
    [InlineData("{ports: [{port: 1}], clusterIP: 10.96.0.1}", "failed to allocate IP 10.96.0.1: the provided IP is not in the valid range")]
    [InlineData("{ports: [{port: 1}], clusterIP: None, type: NodePort}", "may not be set to 'None' for NodePort services")]
    [InlineData("{ports: [{port: 1}], sessionAffinity: Cookie}", "spec.sessionAffinity: Unsupported value: \"Cookie\"")]
    [InlineData("{ports: [{port: 1}], ipFamilies: [IPv6]}", "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")]
    [InlineData("{type: ExternalName}", "spec.externalName: Required value")]
    public async Task Apply_InvalidService_IsRefusedWithTheFieldInQuestion(string spec, string expected)
    {
        var (code, _, error) = await _lab.RunAsync("apply -f -", Service("wrong", spec.StartsWith('{') ? spec : $"{{{spec}}}"));

        Assert.Equal(1, code);
        Assert.Contains("The Service \"wrong\" is invalid", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ports: [{port: 53, protocol: UDP}]}", "Warning: spec.ports: UDP port 53: stored, and not opened")]
    [InlineData("{type: ExternalName, externalName: example.com}", "Warning: spec.externalName: stored, and leads nowhere")]
    [InlineData("{ports: [{port: 1}], externalIPs: [1.2.3.4]}", "Warning: spec.externalIPs: stored, and does nothing")]
    public async Task Apply_WhatTheLabDoesNot_IsStoredWithAWarning(string spec, string expected)
    {
        var (code, _, error) = await _lab.RunAsync("apply -f -", Service("stored", spec));

        Assert.Equal(0, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        await _lab.TypeAsync("delete svc stored");
    }

    [Fact]
    public async Task Apply_AddressOrNodePortThatAnotherHas_IsRefused()
    {
        await _lab.TypeAsync("apply -f -", Service("first", "{ports: [{port: 1, nodePort: 30005}], type: NodePort}"));
        var address = await _lab.TypeAsync("get svc first -o 'jsonpath={.spec.clusterIP}'");

        var port = await _lab.RunAsync("apply -f -", Service("second", "{ports: [{port: 1, nodePort: 30005}], type: NodePort}"));
        var ip = await _lab.RunAsync("apply -f -", Service("second", $"{{ports: [{{port: 1}}], clusterIP: {address}}}"));

        Assert.Contains("Invalid value: 30005: provided port is already allocated", port.Error, StringComparison.Ordinal);
        Assert.Contains($"failed to allocate IP {address}: provided IP is already allocated", ip.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ClusterIP_IsRefusedAndLeavingItOutKeepsIt()
    {
        await _lab.TypeAsync("apply -f -", Service("kept", "{ports: [{port: 1}], type: NodePort}"));
        const string Given = "get svc kept -o 'jsonpath={.spec.clusterIP} {.spec.ports[0].nodePort}'";
        var before = await _lab.TypeAsync(Given);

        await _lab.TypeAsync("replace -f -", Service("kept", "{ports: [{port: 1, targetPort: 2}], type: NodePort}"));
        Assert.Equal(before, await _lab.TypeAsync(Given));
        var (_, _, error) = await _lab.RunAsync("patch svc kept -p '{\"spec\":{\"clusterIP\":\"127.1.2.3\"}}'");
        Assert.Contains("may not change once set", error, StringComparison.Ordinal);

        await _lab.TypeAsync("patch svc kept -p '{\"spec\":{\"type\":\"ClusterIP\"}}'");
        Assert.Equal($"{before.Split(' ')[0]} ", await _lab.TypeAsync(Given));
    }

    [Fact]
    public async Task NodePort_InUse_IsSaidInStatusAndEventAndOpensWhenFree()
    {
        using var other = new TcpListener(IPAddress.Loopback, 30006);
        other.Start();
        await _lab.TypeAsync("apply -f -", Service("busy", "{ports: [{port: 9080, nodePort: 30006}], type: NodePort, selector: {app: "
            + "details}}"));
        const string Expected = "cannot listen on 127.0.0.1:30006: another program listens there";

        await Eventually.HoldsAsync(async () => (await _lab.TypeAsync("get svc busy -o 'jsonpath={.status.conditions[0].message}'"))
            .Contains(Expected, StringComparison.Ordinal), "the status says so");
        Assert.Contains(Expected, await _lab.TypeAsync("describe svc busy"), StringComparison.Ordinal);

        other.Stop();
        await Eventually.HoldsAsync(async () => !await Callers.IsRefusedAsync("127.0.0.1:30006"), "the port opens");
        Assert.Contains("author", await Callers.GetAsync("http://127.0.0.1:30006/details/0"), StringComparison.Ordinal);
        await _lab.TypeAsync("delete svc busy");
    }

    [Fact]
    public async Task LoadBalancer_HasThisMachinesAddress_OrIsPendingWhereThePortIsInUse()
    {
        var port = FreePort.Next();
        await _lab.TypeAsync("apply -f -",
            Service("outside", $"{{ports: [{{port: {port}, targetPort: 9080}}], type: LoadBalancer, selector: {{app: details}}}}"));
        await Eventually.HoldsAsync(async () => (await _lab.TypeAsync("get svc outside")).Contains(" 127.0.0.1 ", StringComparison.Ordinal),
            "it has an address");
        Assert.Contains("author", await Callers.GetAsync($"http://127.0.0.1:{port}/details/0"), StringComparison.Ordinal);

        await _lab.TypeAsync("apply -f -",
            Service("late", $"{{ports: [{{port: {port}, targetPort: 9080}}], type: LoadBalancer, selector: {{app: details}}}}"));

        await Eventually.HoldsAsync(async () => (await _lab.TypeAsync("events --for service/late"))
            .Contains("SyncLoadBalancerFailed", StringComparison.Ordinal), "an event says why");
        Assert.Contains("<pending>", await _lab.TypeAsync("get svc late"), StringComparison.Ordinal);
        await _lab.TypeAsync("delete svc outside late");
    }

    [Fact]
    public async Task IngressGateway_IsALoadBalancerAtTheLabsGateway()
    {
        var gateway = _lab.Lab.Mesh.Gateway!;
        var found = await _lab.TypeAsync("get svc istio-ingressgateway -n istio-system "
            + "-o 'jsonpath={.status.loadBalancer.ingress[0].ip}:{.spec.ports[0].port} {.spec.clusterIP} {.spec.ports[0].nodePort}'");

        Assert.Equal(gateway.ToString(), found.Split(' ')[0]);
        Assert.Contains("<title>", await Callers.GetAsync($"http://{found.Split(' ')[1]}:{gateway.Port}/productpage"),
            StringComparison.Ordinal);
        Assert.Contains("<title>", await Callers.GetAsync($"http://127.0.0.1:{found.Split(' ')[2]}/productpage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ServiceOfSomePods_TheMeshKnowsIt()
    {
        await _lab.TypeAsync("apply -f -", Service("red", "{ports: [{name: http, port: 9080}], selector: {app: reviews, version: v3}}"));
        using var curl = Callers.Through(_lab.Lab.Pod("productpage-v1").Outbound!);
        await Eventually.HoldsAsync(async () =>
        {
            using var answer = await curl.GetAsync("http://red:9080/reviews/0", TestContext.Current.CancellationToken);
            return (await answer.Content.ReadAsStringAsync()).Contains("\"red\"", StringComparison.Ordinal);
        }, "the name leads to its pods");

        var (_, _, error) = await _lab.RunAsync("apply -f -", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: to-red}
            spec:
              hosts: [red]
              http:
              - route:
                - destination: {host: red, port: {number: 9080}}
            """);
        Assert.Equal("", error);
        await _lab.TypeAsync("delete vs to-red");
    }

    private static string Service(string name, string spec) => $"""
        apiVersion: v1
        kind: Service
        metadata:
          name: {name}
        spec: {spec}
        """;
}
