using Bookinfo.Cluster.Mesh;
using Bookinfo.Cluster.Resources;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;

namespace Bookinfo.Cluster.Components;

/// <summary>A service of the sample: one identity, one name on the service network, and its releases behind it.</summary>
internal sealed class BookServiceComponent : ComponentResource
{
    private readonly DeploymentContext _context;

    /// <summary>Creates the service.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="service">The service with the releases that are deployed.</param>
    /// <param name="database">The database of those releases that need one, or null.</param>
    public BookServiceComponent(DeploymentContext context, BookService service, Database? database)
        : base("bookinfo:cluster:BookService", service.Name)
    {
        _context = context;
        _ = new ServiceAccount(WellKnown.Account(service.Name), new ServiceAccountArgs
        {
            Metadata = context.Meta(WellKnown.Account(service.Name), service.Name),
            AutomountServiceAccountToken = false,
        }, ChildOptions.Of(this));
        ShareSecrets(service);

        var headless = context.Settings.Scale.Headless.Contains(service.Name);
        Service = Name(service, service.Name, Labels.Select(service.Name), headless, MeshAnnotations(service));
        if (context.Settings.NeedsReleaseServices(service))
        {
            ReleaseServices =
            [
                .. service.Releases.Select(release =>
                    Name(service, service.WorkloadName(release), Labels.Select(service, release), headless: false, MeshAnnotations(service))),
            ];
        }

        if (context.Settings.Delivery.Owns(service.Name))
        {
            _ = new ProgressiveRelease(context, this, service, database);
        }
        else
        {
            foreach (var release in service.Releases)
            {
                _ = new ReleaseComponent(context, this, service, release, database);
            }
        }

        RegisterOutputs(new Dictionary<string, object?> { ["host"] = Service.Metadata.Apply(meta => meta.Name), ["port"] = service.Port });
    }

    /// <summary>The service's name on the service network.</summary>
    public Service Service { get; }

    /// <summary>A name for each release alone, where routes of the Gateway API need one.</summary>
    public IReadOnlyList<Service> ReleaseServices { get; } = [];

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

        return new Service(name, new ServiceArgs { Metadata = _context.Meta(name, service.Name, annotations), Spec = spec }, ChildOptions.Of(this));
    }

    private void ShareSecrets(BookService service)
    {
        if (service.SharedSecrets.Count == 0)
        {
            return;
        }

        var data = new InputMap<string>();
        foreach (var secret in service.SharedSecrets)
        {
            var value = new RandomPassword($"{service.Name}-{secret}", new RandomPasswordArgs { Length = 40, Special = false }, ChildOptions.Of(this));
            data.Add(secret, value.Result);
        }

        _ = new Secret(WellKnown.SharedSecret(service), new SecretArgs { Metadata = _context.Meta(WellKnown.SharedSecret(service), service.Name), StringData = data }, ChildOptions.Of(this));
    }

    private InputMap<string>? MeshAnnotations(BookService service) => _context.Settings.Mesh.IsLinkerd ? LinkerdPolicy.Annotations(service, _context.Settings.Policy) : null;
}
