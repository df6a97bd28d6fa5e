using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Testing;

namespace Bookinfo.Mesh.Lab.Migrating;

/// <summary>Migrates the rules of files on the sample's cluster.</summary>
/// <param name="paths">Files and folders.</param>
/// <param name="namespace">The namespace of the services, and of rules that name none.</param>
/// <param name="withBase">Whether the demo's base stands beneath the rules.</param>
/// <param name="recursive">Whether folders within folders are read too.</param>
/// <param name="channel">Which fields of the Gateway API there are.</param>
internal sealed class MigrationJob(
    IReadOnlyCollection<string> paths, string @namespace, bool withBase, bool recursive, GatewayApiChannel channel)
{
    /// <summary>Migrates. Of the base, only what is needed comes over.</summary>
    /// <param name="usesPathPrefix">Whether prefixes become ones of whole segments.</param>
    /// <param name="error">Takes errors of the rules.</param>
    /// <returns>The result; null where the rules have errors.</returns>
    public MigrationResult? Run(bool usesPathPrefix, TextWriter error)
    {
        var cluster = new KnownCluster(@namespace, withBase, recursive, channel).Read(paths);
        var files = cluster.Files.ToHashSet();
        return cluster.Tell(error) ? null : RuleMigration.Migrate(new MigrationRequest
        {
            Known = cluster.Options,
            Objects = cluster.Objects,
            Rules = cluster.Rules,
            IsSelected = resource => files.Contains(resource.Source.File),
            UsesPathPrefix = usesPathPrefix,
            Channel = channel,
        });
    }
}
