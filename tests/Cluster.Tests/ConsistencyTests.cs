using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster;

/// <summary>What one manifest says of another must be true, in every stack: the API server takes dangling names without a word.</summary>
[Collection(nameof(OneAfterAnother))]
public sealed class ConsistencyTests
{
    private static readonly string[] Probes = ["startupProbe", "readinessProbe", "livenessProbe"];
    private static readonly string[] ProbeKinds = ["httpGet", "grpc", "tcpSocket"];

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Services_EveryOne_SelectsPodsThatHaveItsTargetPort(string choice)
    {
        var stack = await Choices.DeployAsync(choice);
        foreach (var service in stack.OfKind("Service"))
        {
            var pods = PodTemplates.Of(stack).Where(pod => pod.Matches(service.Tree["spec"]["selector"])).ToList();
            Assert.NotEmpty(pods);
            Assert.All(service.Tree["spec"]["ports"].Items, port =>
                Assert.All(pods, pod => Assert.Contains(pod.Ports, open => open["name"].Text == port["targetPort"].Text)));
        }
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Workloads_EveryOne_SelectsItsOwnPodsAndNobodyElses(string choice)
    {
        var pods = PodTemplates.Of(await Choices.DeployAsync(choice));
        Assert.All(pods, pod => Assert.Same(pod,
            Assert.Single(pods, other => other.Matches(pod.Workload.Tree["spec"]["selector"]["matchLabels"]))));
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Pods_Probes_AskAPortThatIsOpen(string choice)
    {
        foreach (var container in PodTemplates.Of(await Choices.DeployAsync(choice)).SelectMany(pod => pod.Containers))
        {
            foreach (var probe in Probes.Select(name => container[name]))
            {
                Assert.True(probe.Exists, container["name"].Text);
                var asked = ProbeKinds.Select(kind => probe[kind]["port"]).SingleOrDefault(port => port.Exists);
                Assert.True(
                    probe["exec"].Exists || container["ports"].Items.Any(port => port["name"].Text == asked.Text
                        || port["containerPort"].Text == asked.Text),
                    container["name"].Text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Pods_WhatTheyReferTo_IsThere(string choice)
    {
        var stack = await Choices.DeployAsync(choice);
        foreach (var pod in PodTemplates.Of(stack))
        {
            var account = stack.Manifest("ServiceAccount", pod.Spec["serviceAccountName"].Text);
            Assert.True(ComesAfter(stack, pod.Workload, account.Id), $"{pod.Workload} does not wait for its ServiceAccount");
            var volumes = pod.Spec["volumes"].Items.Concat(
                pod.Workload.Tree["spec"]["volumeClaimTemplates"].Items.Select(claim => claim["metadata"]))
                .Select(volume => volume["name"].Text).ToList();
            Assert.All(pod.Containers.SelectMany(container => container["volumeMounts"].Items),
                mount => Assert.Contains(mount["name"].Text, volumes));
            foreach (var reference in pod.Containers.SelectMany(container => container["env"].Items)
                .Select(variable => variable["valueFrom"]["secretKeyRef"]).Where(key => key.Exists))
            {
                if (reference["name"].Text != "elsewhere")
                {
                    Assert.Contains(reference["key"].Text, stack.Manifest("Secret", reference["name"].Text).Tree["stringData"].Fields.Keys);
                    Assert.True(ComesAfter(stack, pod.Workload, stack.Manifest("Secret", reference["name"].Text).Id),
                        $"{pod.Workload} does not wait for its Secret");
                }
            }
        }
    }

    [Fact]
    public async Task Pods_ImagesOfOthers_ArePinnedByDigest()
    {
        var containers = PodTemplates.Of(await Observation.OfAsync("telemetry:kind=collector")).SelectMany(pod => pod.Containers);
        var others = containers.Select(container => container["image"].Text)
            .Where(image => !image.StartsWith("bookinfo/", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, others.Count);
        Assert.All(others, image => Assert.Matches("^[a-z0-9.]+/[a-z/-]+:[0-9.]+@sha256:[0-9a-f]{64}$", image));
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Availability_BudgetsAndAutoscalers_NameWorkloadsThatLeaveThemTheNumber(string choice)
    {
        var stack = await Choices.DeployAsync(choice);
        foreach (var autoscaler in stack.OfKind("HorizontalPodAutoscaler"))
        {
            var target = autoscaler.Tree["spec"]["scaleTargetRef"];
            var workload = stack.Manifest(target["kind"].Text, target["name"].Text);
            Assert.Equal(workload.Tree["apiVersion"].Text, target["apiVersion"].Text);
            Assert.Contains("spec.replicas", workload.IgnoreChanges);
            var container = autoscaler.Tree["spec"]["metrics"][0]["containerResource"]["container"].Text;
            Assert.Contains(workload.Tree["spec"]["template"]["spec"]["containers"].Items, known => known["name"].Text == container
                && known["resources"]["requests"]["cpu"].Exists);
        }

        foreach (var budget in stack.OfKind("PodDisruptionBudget"))
        {
            Assert.Single(PodTemplates.Of(stack), pod => pod.Matches(budget.Tree["spec"]["selector"]["matchLabels"]));
        }
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Routes_EveryBackend_IsAServiceWithThatPort(string choice)
    {
        var stack = await Choices.DeployAsync(choice);
        var ingress = stack.OfKind("Ingress").SelectMany(one => one.Tree["spec"]["rules"].Items)
            .SelectMany(rule => rule["http"]["paths"].Items)
            .Select(path => path["backend"]["service"]).Select(backend => (name: backend["name"].Text, port: backend["port"]["name"].Text));
        var routes = stack.Manifests.Where(one => one.Kind is "HTTPRoute" or "GRPCRoute").SelectMany(one => one.Tree["spec"]["rules"].Items)
            .SelectMany(rule => rule["backendRefs"].Items)
            .Select(backend => (name: backend["name"].Text, port: backend["port"].Text));
        Assert.All(ingress.Concat(routes), backend => Assert.Contains(
            stack.Manifest("Service", backend.name).Tree["spec"]["ports"].Items, port => port["name"].Text == backend.port
                || port["port"].Text == backend.port));
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Rules_EverySubset_IsNamedAndSelectsPods(string choice)
    {
        var stack = await Choices.DeployAsync(choice);
        var destinations = stack.OfKind("VirtualService").SelectMany(rule => rule.Tree["spec"]["http"].Items)
            .SelectMany(route => route["route"].Items).Select(route => route["destination"]);
        foreach (var destination in destinations)
        {
            var service = stack.Manifest("Service", destination["host"].Text);
            if (destination["subset"].Exists)
            {
                var subset = Assert.Single(
                    Assert.Single(stack.OfKind("DestinationRule"), rule =>
                        rule.Tree["spec"]["host"].Text == destination["host"].Text).Tree["spec"]["subsets"].Items,
                            one => one["name"].Text == destination["subset"].Text);
                Assert.Contains(PodTemplates.Of(stack), pod => pod.Matches(service.Tree["spec"]["selector"])
                    && pod.Matches(subset["labels"]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Names_EveryManifest_IsThereOnceAndInTheNamespace(string choice)
    {
        var stack = await Choices.DeployAsync(choice);
        Assert.Equal(stack.Manifests.Count,
            stack.Manifests.Select(one => (one.Tree["apiVersion"].Text, one.Kind, one.ManifestName)).Distinct().Count());
        Assert.All(stack.Manifests.Where(one => one.Kind != "Namespace"),
            one => Assert.Equal("bookinfo", one.Tree["metadata"]["namespace"].Text));
    }

    private static bool ComesAfter(Observation stack, Observed later, string earlier) => later.DependsOn.Any(id =>
        id == earlier || (stack.Resources.FirstOrDefault(one => one.Id == id) is { } before && ComesAfter(stack, before, earlier)));
}
