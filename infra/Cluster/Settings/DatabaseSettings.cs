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

    /// <summary>The size of its volume, for example <c>1Gi</c>.</summary>
    public required string Storage { get; init; }

    /// <summary>The storage class of its volume, or null for the cluster's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The Secret with the key <c>connection-string</c>, where the database is external.</summary>
    public string? Secret { get; init; }

    /// <summary>The port of an external database, for the NetworkPolicy.</summary>
    public required int Port { get; init; }

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
            StorageClass = reader.Text("database:storageClass"),
            Secret = reader.Text("database:secret"),
            Port = reader.Whole("database:port", 5432, 1, 65535),
        };
        if (settings is { Kind: DatabaseKind.External, Secret: null })
        {
            reader.Wrong("database:kind is external, so database:secret must name a Secret of the namespace whose key connection-string says where it is");
        }

        return settings;
    }
}
