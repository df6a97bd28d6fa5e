using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a DestinationRule (<c>ValidateDestinationRule</c>).</summary>
internal static class DestinationRuleCheck
{
    public static void Check(DestinationRule rule, Findings findings)
    {
        CommonCheck.WildcardHost(Findings.Spec.Field("host"), rule.Host, findings);
        TrafficPolicyCheck.Check(Findings.Spec.Field("trafficPolicy"), rule.TrafficPolicy, findings);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rule.Subsets.Count; i++)
        {
            var subset = rule.Subsets[i];
            var path = Findings.Spec.Field("subsets").Item(i);
            if (subset.Name.Length == 0)
            {
                findings.Error(path, "a subset has a name");
            }
            else if (!DnsNames.IsDnsLabel(subset.Name))
            {
                findings.Error(path.Field("name"), $"{Messages.Quote(subset.Name)} is not a name for a subset",
                    "use letters, digits and hyphens, such as v1");
            }
            else if (!names.TryAdd(subset.Name, i))
            {
                findings.Error(path.Field("name"), $"the subset {subset.Name} is there twice; the first is subsets[{names[subset.Name]}]",
                    "give it another name");
            }

            CommonCheck.Labels(path.Field("labels"), subset.Labels, findings);
            TrafficPolicyCheck.Check(path.Field("trafficPolicy"), subset.TrafficPolicy, findings);
        }

        CommonCheck.ExportTo(rule, rule.ExportTo, findings);
    }
}
