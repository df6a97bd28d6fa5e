using Bookinfo.Cluster.Mesh;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;
using Resource = Pulumi.Resource;

namespace Bookinfo.Cluster.Components;

/// <summary>A service of the sample: one identity, one name on the service network, and its releases behind it.</summary>
internal sealed class BookServiceComponent : ComponentResource
{
    private readonly DeploymentContext _context;

    /// <summary>Creates the service.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="service">The service with the releases that are deployed.</param>
    /// <param name="database">The database of those releases that need one, or null.</param>
    /// <param name="rules">The mesh's rules of the whole system.</param>
    public BookServiceComponent(DeploymentContext context, BookService service, Database? database, RuleSet rules)
        : base("bookinfo:cluster:BookService", service.Name)
    {
        _context = context;
        var account = new ServiceAccount(WellKnown.Account(service.Name), new ServiceAccountArgs
        {
            Metadata = context.Meta(WellKnown.Account(service.Name), service.Name),
            AutomountServiceAccountToken = false,
        }, ChildOptions.Of(this));
        List<Resource> needed = [.. context.MeshReady, account, .. ShareSecrets(service)];

        var headless = context.Settings.Scale.Headless.Contains(service.Name);
        Service = Name(service, service.Name, Labels.Select(service.Name), headless, Annotations(service));
        if (context.Settings.NeedsReleaseServices(service))
        {
            ReleaseServices =
            [
                .. service.Releases.Select(release =>
                    Name(service, service.WorkloadName(release), Labels.Select(service, release), headless: false, Annotations(service))),
            ];
        }

        if (context.Settings.Delivery.Owns(service.Name))
        {
            Workloads = [new ProgressiveRelease(context, this, service, rules,
                Needed(context.Settings.Delivery.Targets[service.Name])).Workload];
        }
        else
        {
            Workloads = [.. service.Releases.Select(release =>
                new ReleaseComponent(context, this, service, release, Needed(release)).Workload)];
        }

        RegisterOutputs(new Dictionary<string, object?> { ["host"] = Service.Metadata.Apply(meta => meta.Name), ["port"] = service.Port });

        List<Resource> Needed(Release release) => release.NeedsDatabase && database is not null ? [.. needed, database.Server] : needed;
    }

    /// <summary>The service's name on the service network.</summary>
    public Service Service { get; }

    /// <summary>A name of its own for each release, where routes of the Gateway API need one.</summary>
    public IReadOnlyList<Service> ReleaseServices { get; } = [];

    /// <summary>What runs its pods.</summary>
    public IReadOnlyList<Resource> Workloads { get; }

    private Service Name(BookService service, string name, InputMap<string> selector, bool headless, InputMap<string>? annotations)
    {
        var port = WellKnown.PortName(service);
        var spec = new ServiceSpecArgs
        {
            Selector = selector,
            Ports = { new ServicePortArgs { Name = port, AppProtocol = port, Port = service.Port, TargetPort = port, Protocol = "TCP" } },
        };
        if (headless)
        {
            spec.ClusterIP = "None";
        }

        return new Service(name, new ServiceArgs { Metadata = _context.Meta(name, service.Name, annotations), Spec = spec },
            ChildOptions.Of(this));
    }

    private List<Resource> ShareSecrets(BookService service)
    {
        if (service.SharedSecrets.Count == 0)
        {
            return [];
        }

        var data = new InputMap<string>();
        foreach (var secret in service.SharedSecrets)
        {
            var value = new RandomPassword($"{service.Name}-{secret}", new RandomPasswordArgs { Length = 40, Special = false },
                ChildOptions.Of(this));
            data.Add(secret, value.Result);
        }

        var name = WellKnown.SharedSecret(service);
        return [new Secret(name, new SecretArgs { Metadata = _context.Meta(name, service.Name), StringData = data },
            ChildOptions.Of(this))];
    }

    private InputMap<string> Annotations(BookService service)
    {
        var settings = _context.Settings;
        var annotations = settings.Mesh.IsLinkerd ? LinkerdPolicy.Annotations(service, settings.Policy) : [];
        if (settings.Exposure.LoadBalancer.Cloud == Cloud.Gcp && settings.Exposure.Has(ExposureKind.Ingress)
            && service.PublicPaths.Count > 0)
        {
            annotations.Add("cloud.google.com/backend-config", $"{{\"default\": \"{WellKnown.BackendConfig}\"}}");
        }

        return annotations;
    }
}
