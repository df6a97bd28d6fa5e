using System.Net;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Topology;
using k8s.Models;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>What runs in the Lab as the objects that it would be on a cluster: <c>infra/Cluster</c> makes the same Deployments and
/// Services.</summary>
/// <param name="topology">The system.</param>
/// <param name="pods">Its pods.</param>
/// <param name="started">When they were started.</param>
internal sealed class RunningObjects(ServiceTopology topology, IReadOnlyList<LabPod> pods, DateTimeOffset started)
{
    private const string IngressGateway = "istio-ingressgateway";
    private const string IstioNamespace = "istio-system";
    private static readonly string[] PodConditions = ["PodScheduled", "Initialized", "ContainersReady", "Ready"];
    private readonly string _node = Environment.MachineName.ToLowerInvariant();

    /// <summary>Puts them into a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="gateway">Where the ingress gateway listens; null where there is none.</param>
    public void Put(ObjectStore store, IPEndPoint? gateway)
    {
        foreach (var name in new[] { "default", "kube-system", IstioNamespace, topology.Namespace }.Distinct())
        {
            store.Put(KubernetesKinds.Namespace, new V1Namespace
            {
                Metadata = Meta(name, null, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = name }),
                Status = new V1NamespaceStatus { Phase = "Active" },
            });
            store.Put(KubernetesKinds.ServiceAccount, new V1ServiceAccount { Metadata = Meta("default", name) });
        }

        foreach (var release in pods.GroupBy(pod => pod.Planned.Workload))
        {
            PutWorkload(store, [.. release]);
        }

        foreach (var service in topology.Services)
        {
            PutService(store, service);
        }

        if (gateway is not null)
        {
            store.Put(KubernetesKinds.Service, IngressService(gateway));
        }
    }

    private void PutWorkload(ObjectStore store, IReadOnlyList<LabPod> copies)
    {
        var planned = copies[0].Planned;
        var labels = new Dictionary<string, string> { ["app"] = planned.Service.Name, ["version"] = planned.Release.Version };
        var (count, template) = (copies.Count, Template(planned, labels));
        var deployment = new V1Deployment
        {
            Metadata = Meta(planned.Workload, topology.Namespace, labels, Revision),
            Spec = new V1DeploymentSpec
            {
                Replicas = count,
                Selector = new V1LabelSelector { MatchLabels = labels },
                Template = template,
            },
            Status = new V1DeploymentStatus
            {
                ObservedGeneration = 1,
                Replicas = count,
                ReadyReplicas = count,
                UpdatedReplicas = count,
                AvailableReplicas = count,
                Conditions =
                [
                    Condition("Available", "MinimumReplicasAvailable"),
                    Condition("Progressing", "NewReplicaSetAvailable"),
                ],
            },
        };
        store.Put(KubernetesKinds.Deployment, deployment);
        var set = new V1ReplicaSet
        {
            Metadata = Meta($"{planned.Workload}-lab", topology.Namespace, labels, Revision, deployment.Metadata, "Deployment", "apps/v1"),
            Spec = new V1ReplicaSetSpec { Replicas = count, Selector = deployment.Spec.Selector, Template = template },
            Status = new V1ReplicaSetStatus { Replicas = count, ReadyReplicas = count, AvailableReplicas = count, ObservedGeneration = 1 },
        };
        store.Put(KubernetesKinds.ReplicaSet, set);
        foreach (var copy in copies)
        {
            store.Put(KubernetesKinds.Pod, Pod(copy, labels, set.Metadata));
        }
    }

    private static V1PodTemplateSpec Template(PlannedPod planned, Dictionary<string, string> labels) => new()
    {
        Metadata = new V1ObjectMeta { Labels = labels },
        Spec = new V1PodSpec
        {
            Containers =
            [
                new V1Container
                {
                    Name = planned.Service.Name,
                    Image = $"bookinfo/{planned.Service.Name}:lab",
                    ImagePullPolicy = "IfNotPresent",
                    Ports = [new V1ContainerPort { Name = PortName(planned.Service), ContainerPort = planned.Service.Port, Protocol = "TCP" }],
                    Env = [.. planned.Release.Settings.Select(setting => new V1EnvVar { Name = setting.Key, Value = setting.Value })],
                },
            ],
            RestartPolicy = "Always",
        },
    };

    private V1Pod Pod(LabPod copy, Dictionary<string, string> labels, V1ObjectMeta set)
    {
        var template = Template(copy.Planned, labels);
        template.Spec.NodeName = _node;
        template.Spec.Containers[0].Ports[0].ContainerPort = copy.Pod.Address.Port;
        return new V1Pod
        {
            Metadata = Meta(copy.Pod.Name, topology.Namespace, labels, null, set, "ReplicaSet", "apps/v1"),
            Spec = template.Spec,
            Status = new V1PodStatus
            {
                Phase = "Running",
                PodIP = copy.Pod.Address.Address.ToString(),
                PodIPs = [new V1PodIP { Ip = copy.Pod.Address.Address.ToString() }],
                HostIP = IPAddress.Loopback.ToString(),
                StartTime = started.UtcDateTime,
                Conditions =
                [
                    .. PodConditions.Select(type => new V1PodCondition { Type = type, Status = "True", LastTransitionTime = started.UtcDateTime }),
                ],
                ContainerStatuses =
                [
                    new V1ContainerStatus
                    {
                        Name = copy.Planned.Service.Name,
                        Image = template.Spec.Containers[0].Image,
                        ImageID = "",
                        Ready = true,
                        Started = true,
                        RestartCount = 0,
                        State = new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = started.UtcDateTime } },
                    },
                ],
            },
        };
    }

    private void PutService(ObjectStore store, BookService service)
    {
        var selector = new Dictionary<string, string> { ["app"] = service.Name };
        var model = new V1Service
        {
            Metadata = Meta(service.Name, topology.Namespace, selector),
            Spec = new V1ServiceSpec
            {
                // Its name leads through the mesh; an address of its own on loopback it does not have.
                ClusterIP = "None",
                Type = "ClusterIP",
                SessionAffinity = "None",
                Selector = selector,
                Ports =
                [
                    new V1ServicePort
                    {
                        Name = PortName(service),
                        Port = service.Port,
                        Protocol = "TCP",
                        TargetPort = PortName(service),
                    },
                ],
            },
        };
        store.Put(KubernetesKinds.Service, model);
        var own = pods.Where(pod => pod.Planned.Service == service).ToList();
        store.Put(KubernetesKinds.Endpoints, new V1Endpoints
        {
            Metadata = Meta(service.Name, topology.Namespace, selector),
            Subsets =
            [
                .. own.Select(pod => new V1EndpointSubset
                {
                    Addresses = [new V1EndpointAddress { Ip = pod.Pod.Address.Address.ToString(), NodeName = _node, TargetRef = Target(pod) }],
                    Ports = [new Corev1EndpointPort { Name = PortName(service), Port = pod.Pod.Address.Port, Protocol = "TCP" }],
                }),
            ],
        });
        foreach (var (slice, port) in own.GroupBy(pod => pod.Pod.Address.Port).Select((slice, at) => (slice, at)))
        {
            store.Put(KubernetesKinds.EndpointSlice, new V1EndpointSlice
            {
                Metadata = Meta($"{service.Name}-{port + 1}", topology.Namespace,
                    new Dictionary<string, string> { ["kubernetes.io/service-name"] = service.Name }, null, model.Metadata, "Service", "v1"),
                AddressType = "IPv4",
                Ports = [new Discoveryv1EndpointPort { Name = PortName(service), Port = slice.Key, Protocol = "TCP" }],
                Endpoints =
                [
                    .. slice.Select(pod => new V1Endpoint
                    {
                        Addresses = [pod.Pod.Address.Address.ToString()],
                        Conditions = new V1EndpointConditions { Ready = true, Serving = true, Terminating = false },
                        NodeName = _node,
                        TargetRef = Target(pod),
                    }),
                ],
            });
        }
    }

    /// <summary>What <c>istioctl install</c> makes for the gateway; here its address is the Lab's own.</summary>
    private V1Service IngressService(IPEndPoint gateway) => new()
    {
        Metadata = Meta(IngressGateway, IstioNamespace, new Dictionary<string, string> { ["app"] = IngressGateway, ["istio"] = "ingressgateway" }),
        Spec = new V1ServiceSpec
        {
            Type = "LoadBalancer",
            ClusterIP = gateway.Address.ToString(),
            Selector = new Dictionary<string, string> { ["app"] = IngressGateway, ["istio"] = "ingressgateway" },
            Ports = [new V1ServicePort { Name = "http2", Port = gateway.Port, Protocol = "TCP", TargetPort = gateway.Port }],
        },
        Status = new V1ServiceStatus
        {
            LoadBalancer = new V1LoadBalancerStatus { Ingress = [new V1LoadBalancerIngress { Ip = gateway.Address.ToString() }] },
        },
    };

    private V1ObjectReference Target(LabPod pod) => new() { Kind = "Pod", Name = pod.Pod.Name, NamespaceProperty = topology.Namespace };

    private V1DeploymentCondition Condition(string type, string reason) => new()
    {
        Type = type,
        Status = "True",
        Reason = reason,
        Message = "The Lab has started its pods.",
        LastUpdateTime = started.UtcDateTime,
        LastTransitionTime = started.UtcDateTime,
    };

    private static Dictionary<string, string> Revision => new() { ["deployment.kubernetes.io/revision"] = "1" };

    private static string PortName(BookService service) => service.Protocol == ServiceProtocol.Grpc ? "grpc" : "http";

    private V1ObjectMeta Meta(string name, string? @namespace, Dictionary<string, string>? labels = null,
        Dictionary<string, string>? annotations = null, V1ObjectMeta? owner = null, string? ownerKind = null, string? ownerVersion = null) => new()
    {
        Name = name,
        NamespaceProperty = @namespace,
        Uid = Guid.NewGuid().ToString(),
        CreationTimestamp = started.UtcDateTime,
        Generation = 1,
        Labels = labels,
        Annotations = annotations,
        OwnerReferences = owner is null ? null
            : [new V1OwnerReference { ApiVersion = ownerVersion, Kind = ownerKind, Name = owner.Name, Uid = owner.Uid, Controller = true }],
    };
}
