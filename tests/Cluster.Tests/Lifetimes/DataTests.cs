using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Lifetimes;

/// <summary>Nothing that an ordinary update does may take the ratings along.</summary>
[Collection(nameof(OneAfterAnother))]
public sealed class DataTests
{
    private static readonly Fate[] Losing = [Fate.Replaced, Fate.Deleted, Fate.Refused];

    // Kubernetes replaces neither size nor class of a claim, so Pulumi would make the StatefulSet anew.
    [Theory]
    [InlineData("database:storage=2Gi")]
    [InlineData("database:storageClass=fast")]
    [InlineData("database:storage=2Gi", "database:allowDataLoss=true")]
    public async Task Update_AnotherClaim_LeavesTheDatabaseAsItIs(params string[] change)
    {
        var life = await Lifetime.OfAsync([.. change.Skip(1)], change);
        Assert.Empty(life.Fates);
    }

    [Theory]
    [InlineData("mesh:kind=istio", "mesh:install=true")]
    [InlineData("mesh:kind=linkerd")]
    [InlineData("images:postgres=docker.io/library/postgres:18.3")]
    [InlineData("telemetry:kind=collector")]
    [InlineData("releases:ratings=v1")]
    [InlineData("database:allowDataLoss=true")]
    public async Task Update_Ordinary_TheDatabaseIsAtMostUpdated(params string[] change)
    {
        var life = await Lifetime.OfAsync([], change);
        Assert.NotEmpty(life.Fates);
        Assert.DoesNotContain(life.Names(Losing), name => name.Contains("ratings-db", StringComparison.Ordinal)
            || name.StartsWith("Namespace", StringComparison.Ordinal));
        Assert.Empty(life.Names(Fate.Protected));
    }

    [Theory]
    [InlineData("database:kind=none", new[] { "RandomPassword/ratings-db-password", "StatefulSet/ratings-db" })]
    [InlineData("database:kind=external", new[] { "RandomPassword/ratings-db-password", "StatefulSet/ratings-db" })]
    [InlineData("bookinfo:namespace=other", new[] { "Namespace/bookinfo", "StatefulSet/ratings-db" })]
    public async Task Update_ThatWouldTakeTheDataAlong_IsRefusedInThePreview(string change, string[] kept)
    {
        var rest = change switch
        {
            "database:kind=none" => new[] { change, "releases:ratings=v1" },
            "database:kind=external" => [change, "database:secret=elsewhere"],
            _ => [change],
        };
        Assert.Equal(kept, (await Lifetime.OfAsync([], rest)).Names(Fate.Protected));
        var allowed = await Lifetime.OfAsync(["database:allowDataLoss=true"], ["database:allowDataLoss=true", .. rest]);
        Assert.Empty(allowed.Names(Fate.Protected));
        Assert.Contains("StatefulSet/ratings-db", allowed.Names(Fate.Replaced, Fate.Deleted));
    }

    // A database that may be deleted comes back with another password: a volume of the old one would not let it in.
    [Theory]
    [InlineData("false", "Retain")]
    [InlineData("true", "Delete")]
    public async Task Claim_TheStatefulSetIsDeleted_GoesWithItOnlyWhereItMay(string allowed, string policy)
    {
        var stack = await Observation.OfAsync($"database:allowDataLoss={allowed}");
        Assert.Equal(policy, stack.Manifest("StatefulSet",
            "ratings-db").Tree["spec"]["persistentVolumeClaimRetentionPolicy"]["whenDeleted"].Text);
    }
}
