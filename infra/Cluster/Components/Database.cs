using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Random;

namespace Bookinfo.Cluster.Components;

/// <summary>The PostgreSQL of the ratings: one server with a volume of its own, and a password that nobody ever typed.</summary>
internal sealed class Database : ComponentResource
{
    /// <summary>The database's name on the service network, and its <c>app</c> label.</summary>
    public const string AppName = "ratings-db";

    /// <summary>The port.</summary>
    public const int Port = 5432;

    /// <summary>The key of the Secret under which the services find how to connect.</summary>
    public const string ConnectionStringKey = "connection-string";

    /// <summary>The name of the database, and of the user whom it belongs to.</summary>
    public const string DatabaseName = "ratings";

    // Headless, for the StatefulSet alone; clients use the name with an address, which every mesh can secure.
    private const string Peers = $"{AppName}-pods";

    private readonly Place _place;

    public Database(Place place)
        : base("bookinfo:cluster:Database", AppName)
    {
        _place = place;
        var password = new RandomPassword($"{AppName}-password", new RandomPasswordArgs { Length = 32, Special = false }, Child.Of(this));
        var secret = new Secret(AppName, new SecretArgs
        {
            Metadata = place.Meta(AppName, AppName),
            StringData =
            {
                ["password"] = password.Result,
                [ConnectionStringKey] = Output.Format($"Host={AppName};Port={Port};Database={DatabaseName};Username={DatabaseName};Password={password.Result}"),
            },
        }, Child.Of(this));
        var account = new ServiceAccount(AccountName, new ServiceAccountArgs
        {
            Metadata = place.Meta(AccountName, AppName),
            AutomountServiceAccountToken = false,
        }, Child.Of(this));
        _ = Name(AppName, headless: false);
        var peers = Name(Peers, headless: true);
        List<Resource> after = [.. place.MeshReady, secret, account, peers];
        Server = new StatefulSet(AppName, new StatefulSetArgs { Metadata = place.Meta(AppName, AppName), Spec = Spec() }, Child.Of(this, after));
        RegisterOutputs(new Dictionary<string, object?> { ["host"] = AppName });
    }

    /// <summary>The server; what needs the database comes after it.</summary>
    public StatefulSet Server { get; }

    /// <summary>The name of the database's identity.</summary>
    public static string AccountName => $"bookinfo-{AppName}";

    /// <summary>The Secret with the key <see cref="ConnectionStringKey"/>.</summary>
    public static string SecretName(DatabaseSettings settings) => settings.Secret is { } secret && settings.Kind == DatabaseKind.External ? secret : AppName;

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

        return new Service(name, new ServiceArgs { Metadata = _place.Meta(name, AppName), Spec = spec }, Child.Of(this));
    }

    private StatefulSetSpecArgs Spec() => new()
    {
        Replicas = 1,
        ServiceName = Peers,
        Selector = new LabelSelectorArgs { MatchLabels = Labels.Select(AppName) },
        Template = new PodTemplateSpecArgs
        {
            Metadata = PodMetadata.Of(Labels.Of(AppName), _place.Settings.Mesh),
            Spec = DatabasePod.Spec(_place.Settings),
        },
        VolumeClaimTemplates = { Claim() },
        // The volume goes with the stack, as the namespace would take it anyway; scaling down to nothing keeps it.
        PersistentVolumeClaimRetentionPolicy = new StatefulSetPersistentVolumeClaimRetentionPolicyArgs { WhenDeleted = "Delete", WhenScaled = "Retain" },
    };

    private PersistentVolumeClaimArgs Claim()
    {
        var spec = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { "ReadWriteOnce" },
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = _place.Settings.Database.Storage } },
        };
        if (_place.Settings.Database.StorageClass is { } storageClass)
        {
            spec.StorageClassName = storageClass;
        }

        return new PersistentVolumeClaimArgs { Metadata = new ObjectMetaArgs { Name = DatabasePod.DataVolume }, Spec = spec };
    }
}
