using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Resources;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Random;

namespace Bookinfo.Cluster.Components;

/// <summary>The PostgreSQL of the ratings: one server with a volume of its own, and a generated password.</summary>
internal sealed class Database : ComponentResource
{
    private const string AppName = WellKnown.Database.AppName;
    private const string DatabaseName = WellKnown.Database.DatabaseName;
    private const int Port = WellKnown.Database.Port;

    // Headless, for the StatefulSet only; clients use the name with an address, which every mesh can secure.
    private const string Peers = $"{AppName}-pods";

    private readonly DeploymentContext _context;

    public Database(DeploymentContext context)
        : base("bookinfo:cluster:Database", AppName)
    {
        _context = context;
        var password = new RandomPassword($"{AppName}-password", new RandomPasswordArgs { Length = 32, Special = false },
            Kept(["length", "special"]));
        var secret = new Secret(AppName, new SecretArgs
        {
            Metadata = context.Meta(AppName, AppName),
            StringData =
            {
                ["password"] = password.Result,
                [WellKnown.Database.ConnectionStringKey] =
                    Output.Format($"Host={AppName};Port={Port};Database={DatabaseName};Username={DatabaseName};Password={password.Result}"),
            },
        }, ChildOptions.Of(this));
        var name = WellKnown.Account(AppName);
        var account = new ServiceAccount(name, new ServiceAccountArgs
        {
            Metadata = context.Meta(name, AppName),
            AutomountServiceAccountToken = false,
        }, ChildOptions.Of(this));
        _ = Name(AppName, headless: false);
        var peers = Name(Peers, headless: true);
        List<Resource> after = [.. context.MeshReady, secret, account, peers];
        Server = new StatefulSet(AppName, new StatefulSetArgs { Metadata = context.Meta(AppName, AppName), Spec = Spec() },
            Kept(["spec.volumeClaimTemplates"], after));
        RegisterOutputs(new Dictionary<string, object?> { ["host"] = AppName });
    }

    /// <summary>The server; what needs the database comes after it.</summary>
    public StatefulSet Server { get; }

    // What the data cannot do without: the volume's owner, and the password that the server took over when it was set up. New claim
    // templates would mean a new StatefulSet, a new password one that the server does not know; so neither changes any more.
    private CustomResourceOptions Kept(List<string> ignoreChanges, params IEnumerable<Resource> after)
    {
        var options = ChildOptions.Of(this, after);
        options.Protect = _context.Settings.Database.IsKept;
        options.IgnoreChanges = ignoreChanges;
        return options;
    }

    private Service Name(string name, bool headless)
    {
        var spec = new ServiceSpecArgs
        {
            Selector = Labels.Select(AppName),
            Ports = { new ServicePortArgs { Name = "tcp-postgres", Port = Port, TargetPort = "tcp-postgres", Protocol = "TCP" } },
        };
        if (headless)
        {
            spec.ClusterIP = "None";
        }

        return new Service(name, new ServiceArgs { Metadata = _context.Meta(name, AppName), Spec = spec }, ChildOptions.Of(this));
    }

    private StatefulSetSpecArgs Spec() => new()
    {
        Replicas = 1,
        ServiceName = Peers,
        Selector = new LabelSelectorArgs { MatchLabels = Labels.Select(AppName) },
        Template = new PodTemplateSpecArgs
        {
            Metadata = PodMetadata.Of(Labels.Of(AppName), _context.Settings.Mesh),
            Spec = DatabasePod.Spec(_context.Settings),
        },
        VolumeClaimTemplates = { Claim() },
        // A stack that lets the database go gets a new one with a new password, which a volume that stayed behind would not take.
        PersistentVolumeClaimRetentionPolicy = new StatefulSetPersistentVolumeClaimRetentionPolicyArgs
        {
            WhenDeleted = _context.Settings.Database.AllowDataLoss ? "Delete" : "Retain",
            WhenScaled = "Retain",
        },
    };

    private PersistentVolumeClaimArgs Claim()
    {
        var spec = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { "ReadWriteOnce" },
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = _context.Settings.Database.Storage } },
        };
        if (_context.Settings.Database.StorageClass is { } storageClass)
        {
            spec.StorageClassName = storageClass;
        }

        return new PersistentVolumeClaimArgs { Metadata = new ObjectMetaArgs { Name = DatabasePod.DataVolume }, Spec = spec };
    }
}
