using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Routes that get no request because one before them takes a wider path. <c>istioctl analyze</c> compares prefixes with prefixes
/// (<c>ReachabilityCheck</c>); here are the cases that it leaves out: paths that take everything, and an exact path below a prefix.
/// </summary>
internal static class CoverageAnalysis
{
    private static readonly string[] AnyPath = [".*", "/.*", "^.*$", "^/.*$"];

    public static IEnumerable<Problem> Analyze(VirtualService service)
    {
        var wide = new List<(HttpMatchRequest Match, int Route)>();
        for (var i = 0; i < service.Http.Count; i++)
        {
            var route = service.Http[i];
            if (wide.Find(each => TakesAll(each.Match)) is { Match: not null } all)
            {
                yield return Unreachable(service, i, all.Route);
                continue;
            }

            for (var j = 0; j < route.Match.Count; j++)
            {
                var match = route.Match[j] with { Name = null };
                if (match.Uri?.Exact is { } exact && wide.Find(each => Covers(each.Match, match, exact)) is { Match: not null } wider)
                {
                    yield return service.Problem(MessageTypes.NoEffect, $"spec.http[{i}].match[{j}]",
                        $"no request gets here: the prefix {Messages.Quote(wider.Match.Uri!.Prefix!)} of {Name(service, wider.Route)} "
                        + $"takes {Messages.Quote(exact)} too", "put it further up");
                }
            }

            // A delegate may pass over what its root takes.
            if (route.Delegate is null)
            {
                wide.AddRange(route.Match.Select(match => (match with { Name = null }, i)));
            }
        }
    }

    private static Problem Unreachable(VirtualService service, int route, int earlier) => service.Problem(
        MessageTypes.NoEffect, $"spec.http[{route}]", $"no request gets here: {Name(service, earlier)} takes every path",
        "put it further up");

    /// <summary>Every request: any path, and no other condition. A match without any is one as well.</summary>
    private static bool TakesAll(HttpMatchRequest match) => match with { Uri = null, IgnoreUriCase = false } == new HttpMatchRequest()
        && (match.Uri is null or { Prefix: "/" } || AnyPath.Contains(match.Uri.Regex));

    private static bool Covers(HttpMatchRequest wide, HttpMatchRequest narrow, string exact)
    {
        var others = wide with { Uri = null, IgnoreUriCase = false };
        return wide.Uri?.Prefix is { Length: > 0 } prefix
            && exact.StartsWith(prefix, wide.IgnoreUriCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            && (wide.IgnoreUriCase || !narrow.IgnoreUriCase)
            && (others == new HttpMatchRequest() || others == (narrow with { Uri = null, IgnoreUriCase = false }));
    }

    private static string Name(VirtualService service, int index) =>
        service.Http[index].Name is { Length: > 0 } name ? $"http[{index}] ({name})" : $"http[{index}]";
}
