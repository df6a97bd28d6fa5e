using System.Globalization;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes.Services;

/// <summary>The addresses that <c>kubectl</c> shows, and who answers there.</summary>
public sealed class ServiceNetworkTests : IClassFixture<LabWithKubectl>
{
    private readonly LabWithKubectl _lab;

    public ServiceNetworkTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task ClusterIP_OfEachService_Answers()
    {
        var services = await _lab.TypeAsync(
            "get svc catalog details productpage ratings reviews -o 'jsonpath={range "
                + ".items[*]}{.metadata.name} {.spec.clusterIP}:{.spec.ports[0].port}{\"\\n\"}{end}'");
        var addresses = services.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(line => line[0], line => line[1]);

        Assert.Equal(["catalog", "details", "productpage", "ratings", "reviews"], addresses.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(5, addresses.Values.Distinct().Count());
        Assert.Contains("\"id\":0", (await Callers.GetAsync($"http://{addresses["details"]}/details/0")).Replace(" ", ""),
            StringComparison.Ordinal);
        Assert.Contains("<title>", await Callers.GetAsync($"http://{addresses["productpage"]}/productpage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterIP_ThreeReleases_EachAnswers()
    {
        var address = await AddressAsync("reviews");
        var seen = new HashSet<string>();

        // Each pod has a third: none of 60 draws is for one of them with a probability below 1e-10.
        for (var i = 0; i < 60; i++)
        {
            var answer = await Callers.GetAsync($"http://{address}/reviews/0");
            seen.Add(answer.Contains("\"color\":\"red\"", StringComparison.Ordinal) ? "v3"
                : answer.Contains("\"color\":\"black\"", StringComparison.Ordinal) ? "v2" : "v1");
        }

        Assert.Equal(["v1", "v2", "v3"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Expose_Deployment_ItsPodsAnswerAndNoOthersUntilItIsDeleted()
    {
        await _lab.TypeAsync("expose deployment reviews-v2 --name=black --port=7070 --target-port=9080");
        await EndpointsAsync("black", 1);
        var address = await AddressAsync("black");

        for (var i = 0; i < 10; i++)
        {
            Assert.Contains("\"color\":\"black\"", await Callers.GetAsync($"http://{address}/reviews/0"), StringComparison.Ordinal);
        }

        await _lab.TypeAsync("delete svc black");
        await Eventually.HoldsAsync(() => Callers.IsRefusedAsync(address), "nothing listens any more");
        Assert.Equal("", await _lab.TypeAsync("get endpointslices -l kubernetes.io/service-name=black -o name"));
    }

    [Fact]
    public async Task ScaleExposedDeployment_EachPodHasAnAddressAndIsAmongTheEndpoints()
    {
        await _lab.TypeAsync("expose deployment ratings-v1 --name=scaled --port=9080");
        await _lab.TypeAsync("scale deployment ratings-v1 --replicas=3");
        await EndpointsAsync("scaled", 3);
        var pods = await _lab.TypeAsync("get pods -l app=ratings,version=v1 -o 'jsonpath={.items[*].status.podIP}'");

        Assert.Equal(3, pods.Split(' ').Distinct().Count());
        foreach (var pod in pods.Split(' '))
        {
            Assert.Contains("\"Reviewer1\"", await Callers.GetAsync($"http://{pod}:9080/ratings/0"), StringComparison.Ordinal);
        }

        await _lab.TypeAsync("scale deployment ratings-v1 --replicas=0");
        var address = await AddressAsync("scaled");
        await Eventually.HoldsAsync(() => Callers.IsRefusedAsync(address), "no pod is left");
        Assert.Contains("<none>", await _lab.TypeAsync("get endpoints scaled"), StringComparison.Ordinal);
        await _lab.TypeAsync("scale deployment ratings-v1 --replicas=1");
        await EndpointsAsync("scaled", 1);
        await _lab.TypeAsync("delete svc scaled");
    }

    [Fact]
    public async Task NodePort_OpensOnThisMachine()
    {
        await _lab.TypeAsync("expose deployment details-v1 --name=door --port=9080 --type=NodePort");
        await EndpointsAsync("door", 1);
        var port = int.Parse(await _lab.TypeAsync("get svc door -o 'jsonpath={.spec.ports[0].nodePort}'"), CultureInfo.InvariantCulture);

        Assert.InRange(port, 30000, 32767);
        Assert.Contains("author", await Callers.GetAsync($"http://127.0.0.1:{port}/details/0"), StringComparison.Ordinal);
        Assert.Matches($@"door +NodePort +127\.\d+\.\d+\.\d+ +<none> +9080:{port}/TCP", await _lab.TypeAsync("get svc door"));
        await _lab.TypeAsync("delete svc door");
        await Eventually.HoldsAsync(() => Callers.IsRefusedAsync($"127.0.0.1:{port}"), "the port is closed");
    }

    [Fact]
    public async Task SelectorThatNothingMatches_NoEndpointsAndRefused()
    {
        await _lab.TypeAsync("apply -f -", Service("nowhere", "{app: nowhere}"));
        var address = await AddressAsync("nowhere");

        Assert.Contains("<none>", await _lab.TypeAsync("get endpoints nowhere"), StringComparison.Ordinal);
        Assert.Matches(@"nowhere-1 +IPv4 +<unset> +<unset>", await _lab.TypeAsync("get endpointslices"));
        Assert.True(await Callers.IsRefusedAsync(address));
    }

    [Fact]
    public async Task Headless_HasNoAddressAndListsItsPods()
    {
        await _lab.TypeAsync("apply -f -", Service("heads", "{app: reviews}", "clusterIP: None"));

        await EndpointsAsync("heads", 3);
        Assert.Matches(@"heads +ClusterIP +None +<none> +9080/TCP", await _lab.TypeAsync("get svc heads"));
        Assert.Equal(3, (await _lab.TypeAsync("get endpointslices -l kubernetes.io/service-name=heads -o "
            + "'jsonpath={.items[*].endpoints[*].addresses[0]}'")).Split(' ').Length);
    }

    [Fact]
    public async Task TargetPort_ByName_IsThePortOfThatNameOfEachPod()
    {
        await _lab.TypeAsync("apply -f -", Service("named", "{app: details}", port: "{name: web, port: 8099, targetPort: http}"));

        await EndpointsAsync("named", 1);
        Assert.Matches(@"named +127\.\d+\.\d+\.\d+:9080 ", await _lab.TypeAsync("get endpoints named"));
        Assert.Contains("author", await Callers.GetAsync($"http://{await AddressAsync("named")}/details/0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionAffinity_ClientIP_OnePodAnswersAClient()
    {
        await _lab.TypeAsync("apply -f -", Service("sticky", "{app: reviews}", "sessionAffinity: ClientIP"));
        await EndpointsAsync("sticky", 3);
        var address = await AddressAsync("sticky");

        Assert.Equal("10800",
            await _lab.TypeAsync("get svc sticky -o 'jsonpath={.spec.sessionAffinityConfig.clientIP.timeoutSeconds}'"));
        var answers = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add(await Callers.GetAsync($"http://{address}/reviews/0"));
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task EndpointSlice_OfAServiceWithoutASelector_IsItsEndpoints()
    {
        await _lab.TypeAsync("apply -f -", Service("own", null));
        await _lab.TypeAsync("apply -f -", $$"""
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: own-abc
              labels: {kubernetes.io/service-name: own}
            addressType: IPv4
            ports: [{port: 9080}]
            endpoints:
            - addresses: [{{_lab.Lab.Pod("details-v1").Address.Address}}]
            """);
        var address = await AddressAsync("own");
        await Eventually.HoldsAsync(async () => !await Callers.IsRefusedAsync(address), "it listens");
        Assert.Contains("author", await Callers.GetAsync($"http://{address}/details/0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_OfAServiceWithoutASelector_AreMirroredAndBalanced()
    {
        await _lab.TypeAsync("apply -f -", Service("byhand", null));
        await _lab.TypeAsync("apply -f -", $$"""
            apiVersion: v1
            kind: Endpoints
            metadata: {name: byhand}
            subsets:
            - addresses: [{ip: {{_lab.Lab.Pod("details-v1").Address.Address}}}]
              notReadyAddresses: [{ip: 127.0.0.9}]
              ports: [{port: 9080}]
            """);
        var address = await AddressAsync("byhand");
        await Eventually.HoldsAsync(async () => !await Callers.IsRefusedAsync(address), "it listens");

        Assert.Contains("author", await Callers.GetAsync($"http://{address}/details/0"), StringComparison.Ordinal);
        Assert.Equal("true false", await _lab.TypeAsync("get endpointslices -l kubernetes.io/service-name=byhand,"
            + "endpointslice.kubernetes.io/managed-by=endpointslicemirroring-controller.k8s.io "
            + "-o 'jsonpath={.items[*].endpoints[*].conditions.ready}'"));

        await _lab.TypeAsync("delete endpoints byhand");
        await Eventually.HoldsAsync(() => Callers.IsRefusedAsync(address), "nothing is behind it");
        Assert.Empty(await _lab.TypeAsync("get endpointslices -l kubernetes.io/service-name=byhand -o name"));
    }

    [Fact]
    public async Task Grpc_OverAClusterIP_SticksToOnePod_ThroughTheMesh_DoesNot()
    {
        await _lab.TypeAsync("scale deployment catalog-v1 --replicas=3");
        await _lab.TypeAsync("rollout status deployment/catalog-v1 --timeout=60s");
        var address = await AddressAsync("catalog");
        await EndpointsAsync("catalog", (await _lab.TypeAsync("get pods -l app=catalog -o name")).Trim().Split('\n').Length);

        Assert.Equal(1, await PodsThatAnswerAsync(() => Callers.Through(System.Net.IPEndPoint.Parse(address)), address));
        Assert.Equal(3, await PodsThatAnswerAsync(
            () => Callers.Through(_lab.Lab.Pod("productpage-v1").Outbound!), $"catalog:{address.Split(':')[1]}"));
        await _lab.TypeAsync("scale deployment catalog-v1 --replicas=1");
    }

    /// <summary>How many pods of catalog v1 get requests when 30 are sent on one connection.</summary>
    private async Task<int> PodsThatAnswerAsync(Func<HttpClient> connect, string authority)
    {
        var before = Counts();
        using var client = connect();
        for (var i = 0; i < 30; i++)
        {
            await client.CheckHealthAsync(authority);
        }

        return Counts().Count(pod => pod.Value > before.GetValueOrDefault(pod.Key));

        Dictionary<string, int> Counts() => _lab.Lab.RequestCounters.Where(pod => pod.Key.StartsWith("catalog-", StringComparison.Ordinal))
            .ToDictionary(pod => pod.Key, pod => pod.Value.Requests);
    }

    private async Task<string> AddressAsync(string service) =>
        await _lab.TypeAsync($"get svc {service} -o 'jsonpath={{.spec.clusterIP}}:{{.spec.ports[0].port}}'");

    private Task EndpointsAsync(string service, int count) => Eventually.HoldsAsync(async () =>
        (await _lab.TypeAsync($"get endpoints {service} -o 'jsonpath={{.subsets[*].addresses[*].ip}}'"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == count, $"{service} has {count} endpoints");

    private static string Service(string name, string? selector, string more = "type: ClusterIP", string port = "{port: 9080}") => $"""
        apiVersion: v1
        kind: Service
        metadata:
          name: {name}
        spec:
          selector: {selector}
          {more}
          ports:
          - {port}
        """;
}
