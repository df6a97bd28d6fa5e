using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// What is to be said of a host that nothing serves: a mistake where that is known, and otherwise that nothing is known of it.
/// </summary>
internal static class UnservedHosts
{
    /// <param name="scope">The rules and what runs.</param>
    /// <param name="host">The host as the resource writes it.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="path">The host's place in it.</param>
    /// <param name="mistake">The type of message where the host does not exist for certain.</param>
    /// <param name="consequence">What follows from that, such as "the rule does nothing".</param>
    public static Problem Problem(AnalysisScope scope, string host, Resource resource, string path, MessageType mistake, string consequence)
    {
        var full = scope.Full(host, resource);
        if (scope.Exists(full))
        {
            return resource.Problem(
                mistake, path, $"{host} is not visible from the namespace {resource.Namespace}: {consequence}",
                    "add the namespace to the exportTo of its service or ServiceEntry");
        }

        var meant = scope.Meant(host, resource);
        if (scope.IsCertain(full) || (meant is not null && IsTypo(scope, host, meant, resource)))
        {
            return resource.Problem(mistake, path, $"nothing serves {host}: {consequence}",
                meant is null ? scope.ServedNames() : $"did you mean {meant}?");
        }

        // The name in full, so that one host is told of once, however it is written.
        var elsewhere = meant is not null && meant.Contains('.', StringComparison.Ordinal)
            && meant.Split('.')[0] == host.Split('.')[0] ? meant : null;
        return resource.Problem(
            MessageTypes.NothingKnown,
            path,
            elsewhere is null ? $"nothing is known of {full}" : $"nothing is known of {full}; there is {elsewhere}",
            elsewhere is null
                ? $"give its Service with the rules, or name it: --host {full}"
                : $"--namespace {HostNames.NamespaceOf(full, scope.Known.ClusterDomain)} puts the services there; --host {full} names "
                    + "this one");
    }

    /// <summary>
    /// A letter or two away from a known name, or a known name with its namespace and without svc. A known name in another namespace may be
    /// another service.
    /// </summary>
    private static bool IsTypo(AnalysisScope scope, string host, string meant, Resource resource)
    {
        var (first, known) = (host.Split('.')[0], meant.Split('.')[0]);
        return first == known
            ? HostNames.NamespaceOf(scope.Full(host, resource), scope.Known.ClusterDomain) is null
                && scope.Exists($"{host}.svc.{scope.Known.ClusterDomain}")
            : Messages.IsTypo(first, known);
    }
}
