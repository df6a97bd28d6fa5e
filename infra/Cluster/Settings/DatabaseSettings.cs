namespace Bookinfo.Cluster.Settings;

/// <summary>Whose database the releases use that need one.</summary>
public enum DatabaseKind
{
    /// <summary>None: no release that needs one may be deployed.</summary>
    None,

    /// <summary>A PostgreSQL of our own in the namespace.</summary>
    Postgres,

    /// <summary>One that is there already, reached by a connection string in a Secret.</summary>
    External,
}

/// <summary>The database of the ratings.</summary>
public sealed record DatabaseSettings
{
    /// <summary>Whose database.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>The size of its volume when it is made, for example <c>1Gi</c>. A claim that is there is grown by hand.</summary>
    public required string Storage { get; init; }

    /// <summary>The storage class of its volume when it is made, or null for the cluster's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The Secret with the key <c>connection-string</c>, where the database is external.</summary>
    public string? Secret { get; init; }

    /// <summary>The port of an external database, for the NetworkPolicy.</summary>
    public required int Port { get; init; }

    /// <summary>
    /// Whether an update may delete our own database. Where it may not, Pulumi refuses in the preview whatever would take the data along.
    /// </summary>
    public required bool AllowDataLoss { get; init; }

    /// <summary>Whether there is data of ours that no update may take along.</summary>
    public bool IsKept => Kind == DatabaseKind.Postgres && !AllowDataLoss;

    internal static DatabaseSettings Read(SettingsReader reader)
    {
        var settings = new DatabaseSettings
        {
            Kind = reader.Choice("database:kind", DatabaseKind.Postgres, new Dictionary<string, DatabaseKind>
            {
                ["none"] = DatabaseKind.None,
                ["postgres"] = DatabaseKind.Postgres,
                ["external"] = DatabaseKind.External,
            }),
            Storage = reader.Quantity("database:storage", "1Gi"),
            StorageClass = reader.ObjectName("database:storageClass", "a StorageClass"),
            Secret = reader.ObjectName("database:secret", "a Secret"),
            Port = reader.Whole("database:port", 5432, 1, 65535),
            AllowDataLoss = reader.Flag("database:allowDataLoss", false),
        };
        if (settings.Kind == DatabaseKind.External && !reader.Has("database:secret"))
        {
            reader.Wrong(
                "database:kind is external, so database:secret must name a Secret of the namespace whose key connection-string says where "
                + "it is");
        }

        return settings;
    }
}
