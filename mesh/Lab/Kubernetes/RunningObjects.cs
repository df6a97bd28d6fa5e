using System.Net;
using System.Runtime.InteropServices;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Kubernetes.Services;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Topology;
using k8s.Models;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>What runs in the Lab as the objects that it would be on a cluster: <c>infra/Cluster</c> makes the same Deployments and
/// Services.</summary>
/// <param name="topology">The system.</param>
/// <param name="pods">Its pods.</param>
/// <param name="started">When they were started.</param>
/// <param name="objects">Makes ReplicaSets and Pods.</param>
/// <param name="allocation">Gives Services their addresses.</param>
internal sealed class RunningObjects(
    ServiceTopology topology, IReadOnlyList<LabPod> pods, DateTimeOffset started, WorkloadObjects objects,
    ServiceAllocation allocation)
{
    private const string IngressGateway = "istio-ingressgateway";
    private const string GatewayPort = "http2";
    private const string IstioNamespace = "istio-system";

    /// <summary>Puts them into a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="gateway">Where the ingress gateway listens; null where there is none.</param>
    /// <param name="isEmpty">Whether nothing of the system is there yet.</param>
    public void Put(ObjectStore store, IPEndPoint? gateway, bool isEmpty)
    {
        string[] all = ["default", "kube-system", IstioNamespace];
        foreach (var name in isEmpty ? all : all.Append(topology.Namespace).Distinct())
        {
            store.Put(KubernetesKinds.Namespace, new V1Namespace
            {
                Metadata = Meta(name, null, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = name }),
                Status = new V1NamespaceStatus { Phase = "Active" },
            });
            store.Put(KubernetesKinds.ServiceAccount, new V1ServiceAccount { Metadata = Meta("default", name) });
        }

        store.Put(KubernetesKinds.Node, Machine());
        foreach (var release in pods.GroupBy(pod => pod.Planned.Workload))
        {
            PutWorkload(store, [.. release]);
        }

        foreach (var service in isEmpty ? [] : topology.Services)
        {
            PutService(store, service);
        }

        if (gateway is not null)
        {
            PutService(store, IngressService(gateway.Port));
            PutGatewayEndpoint(store, gateway);
        }
    }

    /// <summary>This machine, on which every pod runs.</summary>
    private V1Node Machine() => new()
    {
        Metadata = Meta(WorkloadObjects.Node, null, new Dictionary<string, string>
        {
            ["kubernetes.io/hostname"] = WorkloadObjects.Node,
            ["node-role.kubernetes.io/control-plane"] = "",
        }),
        Spec = new V1NodeSpec(),
        Status = new V1NodeStatus
        {
            Addresses = [new V1NodeAddress { Type = "InternalIP", Address = IPAddress.Loopback.ToString() }],
            Conditions = [new V1NodeCondition { Type = "Ready", Status = "True", Reason = "LabReady", Message = "the Lab runs" }],
            NodeInfo = new V1NodeSystemInfo
            {
                KubeletVersion = "v1.32.0+bookinfo-lab",
                OsImage = RuntimeInformation.OSDescription,
                OperatingSystem = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux",
                Architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
                ContainerRuntimeVersion = $"bookinfo-lab://{Environment.Version}",
                KernelVersion = Environment.OSVersion.Version.ToString(),
                BootID = "",
                KubeProxyVersion = "",
                MachineID = "",
                SystemUUID = "",
            },
        },
    };

    private void PutWorkload(ObjectStore store, IReadOnlyList<LabPod> copies)
    {
        var planned = copies[0].Planned;
        var labels = new Dictionary<string, string> { ["app"] = planned.Service.Name, ["version"] = planned.Release.Version };
        var deployment = store.Put(KubernetesKinds.Deployment, new V1Deployment
        {
            Metadata = Meta(planned.Workload, topology.Namespace, labels),
            Spec = new V1DeploymentSpec
            {
                Replicas = copies.Count,
                Selector = new V1LabelSelector { MatchLabels = labels },
                Template = Template(planned, labels),
            },
        });
        var set = objects.ReplicaSet(deployment, 1);
        set["spec"]!["replicas"] = copies.Count;
        store.Put(KubernetesKinds.ReplicaSet, set);
        foreach (var copy in copies)
        {
            var pod = objects.Pod(set, copy.Pod.Name);
            objects.SetRunning(pod, copy.Pod);
            store.Put(KubernetesKinds.Pod, pod);
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
                    Ports = [new V1ContainerPort { Name = PortName(planned.Service), ContainerPort = planned.Service.Port }],
                    Env = [.. planned.Release.Settings.Select(setting => new V1EnvVar { Name = setting.Key, Value = setting.Value })],
                },
            ],
        },
    };

    private void PutService(ObjectStore store, V1Service model)
    {
        var service = model.ToObject(KubernetesKinds.Service);
        allocation.Allocate(service, before: null);
        store.Put(KubernetesKinds.Service, service);
    }

    private void PutService(ObjectStore store, BookService service)
    {
        var selector = new Dictionary<string, string> { ["app"] = service.Name };
        PutService(store, new V1Service
        {
            Metadata = Meta(service.Name, topology.Namespace, selector),
            Spec = new V1ServiceSpec
            {
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
        });
    }

    /// <summary>
    /// What <c>istioctl install</c> makes for the gateway. The Lab's gateway is not a pod: its endpoint is where it listens, and so is
    /// the load balancer's address.
    /// </summary>
    private V1Service IngressService(int port) => new()
    {
        Metadata = Meta(IngressGateway, IstioNamespace, GatewayLabels),
        Spec = new V1ServiceSpec
        {
            Type = "LoadBalancer",
            Ports = [new V1ServicePort { Name = GatewayPort, Port = port, Protocol = "TCP", TargetPort = port }],
        },
    };

    private void PutGatewayEndpoint(ObjectStore store, IPEndPoint gateway)
    {
        var address = (gateway.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : gateway.Address).ToString();
        store.Put(KubernetesKinds.Endpoints, new V1Endpoints
        {
            Metadata = Meta(IngressGateway, IstioNamespace, GatewayLabels),
            Subsets =
            [
                new V1EndpointSubset
                {
                    Addresses = [new V1EndpointAddress { Ip = address }],
                    Ports = [new Corev1EndpointPort { Name = GatewayPort, Port = gateway.Port, Protocol = "TCP" }],
                },
            ],
        });
        store.Put(KubernetesKinds.EndpointSlice, new V1EndpointSlice
        {
            Metadata = Meta($"{IngressGateway}-1", IstioNamespace,
                new Dictionary<string, string> { [EndpointObjects.ServiceName] = IngressGateway }),
            AddressType = "IPv4",
            Endpoints = [new V1Endpoint { Addresses = [address], Conditions = new V1EndpointConditions { Ready = true } }],
            Ports = [new Discoveryv1EndpointPort { Name = GatewayPort, Port = gateway.Port, Protocol = "TCP" }],
        });
    }

    private static Dictionary<string, string> GatewayLabels => new() { ["app"] = IngressGateway, ["istio"] = "ingressgateway" };

    private static string PortName(BookService service) => service.Protocol == ServiceProtocol.Grpc ? "grpc" : "http";

    private V1ObjectMeta Meta(string name, string? @namespace, Dictionary<string, string>? labels = null) => new()
    {
        Name = name,
        NamespaceProperty = @namespace,
        Uid = Guid.NewGuid().ToString(),
        CreationTimestamp = started.UtcDateTime,
        Generation = 1,
        Labels = labels,
    };
}
