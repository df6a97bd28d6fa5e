using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// The DestinationRule that holds for a service, as callers of one namespace see it: one of the caller's namespace first, then one that the
/// service's namespace exports, then one that the root namespace exports; within one the most specific host. Callers in the root namespace,
/// such as the gateway, look there first only for rules that are private to it. Source: <c>pilot/pkg/model/push_context.go:
/// setDestinationRules, destinationRule</c>.
/// </summary>
internal sealed class DestinationRuleIndex
{
    private readonly DestinationRulePool _local = new();
    private readonly Dictionary<string, DestinationRulePool> _exported = new(StringComparer.Ordinal);
    private readonly string _callerNamespace;
    private readonly string _rootNamespace;

    /// <param name="rules">All DestinationRules, in Istio's order.</param>
    /// <param name="callerNamespace">The callers' namespace.</param>
    /// <param name="options">The root namespace, and the cluster's domain.</param>
    public DestinationRuleIndex(IReadOnlyList<DestinationRule> rules, string callerNamespace, MeshOptions options)
    {
        _callerNamespace = callerNamespace;
        _rootNamespace = options.RootNamespace;
        foreach (var rule in rules)
        {
            var host = HostNames.Full(rule.Host, rule.Namespace, options.ClusterDomain);
            var isPrivate = rule.ExportTo is ["."] || (rule.ExportTo is [var only] && only == rule.Namespace);
            if (rule.Namespace == callerNamespace && (callerNamespace == _rootNamespace ? isPrivate : IsForItsOwn(rule)))
            {
                _local.Add(rule, host);
            }

            if (!isPrivate)
            {
                PoolOf(rule.Namespace).Add(rule, host);
            }
        }
    }

    /// <summary>The rule for a service; null for none.</summary>
    public MergedDestinationRule? Find(Service service) =>
        _local.Find(service.Host) is [var first, ..] ? first
            : FindExported(service, service.Namespace) ?? FindExported(service, _rootNamespace);

    private static bool IsForItsOwn(DestinationRule rule) =>
        Visibility.IsVisible(rule.ExportTo, rule.Namespace, rule.Namespace);

    /// <summary>Of the most specific host's rules the first that the caller sees; a less specific host is not looked at.</summary>
    private MergedDestinationRule? FindExported(Service service, string @namespace) =>
        PoolOf(@namespace).Find(service.Host).FirstOrDefault(rule =>
            rule.ExportTo.Count == 0 || rule.ExportTo.Contains("*") || rule.ExportTo.Contains(_callerNamespace));

    private DestinationRulePool PoolOf(string @namespace) =>
        _exported.TryGetValue(@namespace, out var known) ? known : _exported[@namespace] = new DestinationRulePool();
}
