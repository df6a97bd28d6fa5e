namespace Bookinfo.Cluster.Settings;

/// <summary>What is allowed, and worth a line in the preview all the same.</summary>
internal static class Warnings
{
    /// <summary>One sentence for each.</summary>
    public static IEnumerable<string> Of(ClusterSettings settings, StackConfiguration configuration)
    {
        if (settings.Database is { Kind: DatabaseKind.Postgres, AllowDataLoss: true })
        {
            yield return "database:allowDataLoss is true: an update that removes the database ratings-db or the namespace "
                + $"{settings.Namespace} deletes "
                + "the ratings and their volume. Set it to false where they matter; Pulumi then refuses such an update in the preview.";
        }

        if (configuration.HasEmptyPassphrase)
        {
            yield return "PULUMI_CONFIG_PASSPHRASE is empty: all who can read the stack's state can read the passwords in it. "
                + "That is fine on kind; elsewhere set a passphrase, or a secrets provider of your cloud (pulumi stack "
                + "change-secrets-provider).";
        }
    }
}
