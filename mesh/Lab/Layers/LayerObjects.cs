using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Kubernetes.Services;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Bookinfo.Mesh.Lab.Layers;

/// <summary>What the layers are in a Lab, by its Kubernetes API: pods, Services, Ingress and rules.</summary>
/// <param name="client">The API.</param>
/// <param name="namespace">The namespace of reviews.</param>
internal sealed class LayerObjects(IKubernetes client, string @namespace)
{
    private const string Service = "reviews";

    /// <summary>The name of what is made for the time of the calls.</summary>
    private const string Own = "layers";

    private const string Host = "layers.example.com";
    private const string Path = "/reviews/0";

    /// <summary>Makes a NodePort and an Ingress to reviews, in place of any that an earlier call has left.</summary>
    /// <param name="cancellation">Gives up.</param>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        await DeleteAsync(cancellation);
        var reviews = await client.CoreV1.ReadNamespacedServiceAsync(Service, @namespace, cancellationToken: cancellation);
        var port = reviews.Spec.Ports[0];
        await client.CoreV1.CreateNamespacedServiceAsync(
            new V1Service
            {
                Metadata = new V1ObjectMeta { Name = Own },
                Spec = new V1ServiceSpec
                {
                    Type = ServiceTypes.NodePort,
                    Selector = reviews.Spec.Selector,
                    Ports = [new V1ServicePort { Name = port.Name, Port = port.Port, TargetPort = port.TargetPort }],
                },
            },
            @namespace, cancellationToken: cancellation);
        await client.NetworkingV1.CreateNamespacedIngressAsync(
            new V1Ingress { Metadata = new V1ObjectMeta { Name = Own }, Spec = IngressTo(port.Port) },
            @namespace, cancellationToken: cancellation);
    }

    /// <summary>Takes away what <see cref="CreateAsync"/> has made.</summary>
    /// <param name="cancellation">Gives up.</param>
    public async Task DeleteAsync(CancellationToken cancellation)
    {
        await IgnoreMissingAsync(() => client.NetworkingV1.DeleteNamespacedIngressAsync(Own, @namespace, cancellationToken: cancellation));
        await IgnoreMissingAsync(() => client.CoreV1.DeleteNamespacedServiceAsync(Own, @namespace, cancellationToken: cancellation));
    }

    /// <summary>The layers, from the inside to the outside.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UserErrorException">No pod of reviews is ready.</exception>
    public async Task<IReadOnlyList<Layer>> ListAsync(CancellationToken cancellation)
    {
        var pods = (await client.CoreV1.ListNamespacedPodAsync(@namespace, labelSelector: $"app={Service}",
            cancellationToken: cancellation)).Items.Where(pod => pod.Status.PodIP is not null).ToList();
        if (pods.Count == 0)
        {
            throw new UserErrorException(
                $"No pod of {Service} runs in the namespace {@namespace}. kubectl scale deployment reviews-v1 --replicas=1 starts one.");
        }

        var service = await client.CoreV1.ReadNamespacedServiceAsync(Service, @namespace, cancellationToken: cancellation);
        var own = await client.CoreV1.ReadNamespacedServiceAsync(Own, @namespace, cancellationToken: cancellation);
        var gateway = await client.CoreV1.ReadNamespacedServiceAsync("istio-ingressgateway", "istio-system",
            cancellationToken: cancellation);
        var outside = $"{IPAddress.Loopback}:{gateway.Spec.Ports[0].Port}";
        var container = pods[0].Spec.Containers[0].Ports[0];
        return
        [
            new("pod", Url($"{pods[0].Status.PodIP}:{container.HostPort ?? container.ContainerPort}"),
                $"The address of {pods[0].Metadata.Name}: nothing is chosen."),
            new("ClusterIP", Url(ClusterAddress(service)),
                $"Service/{Service} draws one of {pods.Count} pods for each connection, not for each request.")
            {
                IsCalledOnOneConnection = true,
            },
            new("NodePort", Url($"{IPAddress.Loopback}:{own.Spec.Ports[0].NodePort}"),
                $"Service/{Own}, a port of this machine: it draws as a ClusterIP does."),
            new("Ingress", Url(outside),
                $"Ingress/{Own} leads from {Host} to {Service}; the gateway chooses a pod for each request.")
            {
                Host = Host,
                IsCalledOnOneConnection = true,
            },
            new("gateway", new Uri($"http://{outside}/productpage"), await DescribeRulesAsync(cancellation)),
        ];
    }

    private async Task<string> DescribeRulesAsync(CancellationToken cancellation)
    {
        var list = (JsonElement)await client.CustomObjects.ListNamespacedCustomObjectAsync("networking.istio.io", "v1", @namespace,
            "virtualservices", cancellationToken: cancellation);
        var rule = JsonNode.Parse(list.GetRawText()).Items("items")
            .FirstOrDefault(item => item.Words("spec", "hosts").Any(host => host.Split('.')[0] == Service));
        const string Page = "The Gateway and its VirtualService lead to the product page, whose sidecar ";
        if (rule is null)
        {
            return $"{Page}has no rule for {Service}: it chooses any pod for each request.";
        }

        var route = rule.Items("spec", "http").LastOrDefault();
        var shares = route.Items("route").Select(destination =>
            $"{destination.Text("destination", "subset") ?? "all"} {destination.Number("weight") ?? 100} %");
        return $"{Page}goes by VirtualService/{rule.Name()}: {string.Join(", ", shares)}, drawn for each request.";
    }

    /// <summary>Where a port stands for the ClusterIP or for its port, the Service says which.</summary>
    private static string ClusterAddress(V1Service service) =>
        service.Metadata.Annotations?.TryGetValue(ServiceController.AddressesAnnotation, out var standIns) == true
            ? standIns.Split(',')[0].Split('=')[^1]
            : $"{service.Spec.ClusterIP}:{service.Spec.Ports[0].Port}";

    private static Uri Url(string authority) => new($"http://{authority}{Path}");

    private static V1IngressSpec IngressTo(int port) => new()
    {
        IngressClassName = "istio",
        Rules =
        [
            new V1IngressRule
            {
                Host = Host,
                Http = new V1HTTPIngressRuleValue
                {
                    Paths =
                    [
                        new V1HTTPIngressPath
                        {
                            Path = "/reviews",
                            PathType = "Prefix",
                            Backend = new V1IngressBackend
                            {
                                Service = new V1IngressServiceBackend
                                {
                                    Name = Service,
                                    Port = new V1ServiceBackendPort { Number = port },
                                },
                            },
                        },
                    ],
                },
            },
        ],
    };

    private static async Task IgnoreMissingAsync(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // An earlier call has left nothing.
        }
    }
}
