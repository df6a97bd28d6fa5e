using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Routes and matches that no request reaches (<c>analyzeUnreachableHTTPRules</c>).</summary>
internal static class ReachabilityCheck
{
    public static void Check(VirtualService service, Findings findings)
    {
        var path = Findings.Spec.Field("http");
        var seen = new Dictionary<HttpMatchRequest, int>();
        var prefixes = new Dictionary<HttpMatchRequest, Prefixes<string>>();
        int? takesAll = null;
        for (var i = 0; i < service.Http.Count; i++)
        {
            var route = service.Http[i];
            if (takesAll is { } earlier)
            {
                findings.Add(
                    MessageTypes.VirtualServiceUnreachableRule, path.Item(i),
                        $"no request gets here: {Name(service, earlier)} takes every request", "put it further up");
            }
            else if (route.Match.Count == 0)
            {
                takesAll = i;
            }
            else
            {
                Matches(service, i, path.Item(i), seen, prefixes, findings);
            }
        }
    }

    private static void Matches(
        VirtualService service, int index, RulePath path,
            Dictionary<HttpMatchRequest, int> seen, Dictionary<HttpMatchRequest, Prefixes<string>> prefixes, Findings findings)
    {
        var duplicates = 0;
        for (var i = 0; i < service.Http[index].Match.Count; i++)
        {
            var match = service.Http[index].Match[i] with { Name = null };
            var at = path.Field("match").Item(i);
            if (!seen.TryAdd(match, index))
            {
                duplicates++;
                findings.Add(
                    MessageTypes.VirtualServiceIneffectiveMatch, at,
                        $"no request gets here: {Name(service, seen[match])} has the same match", "remove it, or put it further up");
            }
            else if (match.Uri?.Prefix is { Length: > 0 } prefix)
            {
                // As in Istio, only prefixes are compared with one another: the common mistake, and one that can be told without false
                // alarm.
                Prefix(at, match, prefix, Name(service, index), prefixes, findings);
            }
        }

        if (duplicates == service.Http[index].Match.Count)
        {
            findings.Add(MessageTypes.VirtualServiceUnreachableRule, path, "no request gets here: routes before it have all of its matches",
                "remove it, or put it further up");
        }
    }

    private static void Prefix(
        RulePath path, HttpMatchRequest match, string prefix, string name, Dictionary<HttpMatchRequest, Prefixes<string>> prefixes,
            Findings findings)
    {
        var others = match with { Uri = null };
        var text = match.IgnoreUriCase ? prefix.ToLowerInvariant() : prefix;
        if (!prefixes.TryGetValue(others, out var alike))
        {
            prefixes[others] = alike = new Prefixes<string>();
        }

        // Covered by a shorter prefix with the same other conditions, or with none.
        var withoutConditions = prefixes.GetValueOrDefault(new HttpMatchRequest { IgnoreUriCase = match.IgnoreUriCase });
        if (alike.TryFind(text, out var wider) || withoutConditions?.TryFind(text, out wider) == true)
        {
            findings.Add(
                MessageTypes.VirtualServiceIneffectiveMatch, path,
                    $"no request gets here: the prefix {Messages.Quote(wider.Prefix)} of {wider.Owner} takes {Messages.Quote(prefix)} too",
                        "put it further up");
        }
        else
        {
            alike.Add(text, name);
        }
    }

    private static string Name(VirtualService service, int index) =>
        service.Http[index].Name is { Length: > 0 } name ? $"http[{index}] ({name})" : $"http[{index}]";
}
