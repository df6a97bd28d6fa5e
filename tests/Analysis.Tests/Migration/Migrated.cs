using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Analysis.Migration;

/// <summary>Migrates rules on the tests' small cluster.</summary>
internal static class Migrated
{
    /// <summary>The cluster, with the Services that stand for the subsets of reviews.</summary>
    public static MeshOptions ClusterWithServices { get; } = Cluster.Options with
    {
        Services = [.. Cluster.Options.Services, Service("v1"), Service("v2")],
    };

    /// <summary>The subsets that these Services stand for.</summary>
    public static IReadOnlyDictionary<string, SubsetName> Subsets { get; } = new[] { "v1", "v2" }.ToDictionary(
        version => $"reviews-{version}.default.svc.cluster.local",
        version => new SubsetName("reviews.default.svc.cluster.local", version));

    public static MigrationResult Of(RuleSet rules, bool usesPathPrefix = false,
        GatewayApiChannel channel = GatewayApiChannel.Standard) => RuleMigration.Migrate(new MigrationRequest
        {
            Channel = channel,
            Known = Cluster.Options,
            Rules = rules,
            UsesPathPrefix = usesPathPrefix,
        });

    /// <summary>The same for the rules in <c>http</c> of a VirtualService for reviews.</summary>
    public static MigrationResult Of(string http, bool usesPathPrefix = false) => Of(Cluster.Reviews(http), usesPathPrefix);

    /// <summary>The resources as YAML.</summary>
    public static string Yaml(this MigrationResult result) => RuleWriter.Write(RuleSet.Empty with { GatewayApi = result.Resources });

    /// <summary>Findings in short: kind, path and message.</summary>
    public static IEnumerable<string> Told(this MigrationResult result) =>
        result.Findings.Select(finding => $"{finding.KindWord} {finding.Path}: {finding.Message}");

    private static MeshService Service(string version) => new($"reviews-{version}", 9080)
    {
        Selector = new Dictionary<string, string> { ["app"] = "reviews", ["version"] = version },
    };
}
