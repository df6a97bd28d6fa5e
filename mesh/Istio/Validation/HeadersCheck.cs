using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks changes to headers.</summary>
internal static class HeadersCheck
{
    /// <summary>Headers that frame a message or belong to one connection (RFC 9112, section 6; RFC 9110, section 7.6.1).</summary>
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "upgrade", "te", "trailer",
    };

    /// <summary>A token of RFC 9110, section 5.6.2.</summary>
    public static bool IsName(string name) => name.Length > 0 && Characters.AreLettersDigitsOr(name, "!#$%&'*+-.^_`|~");

    public static void Check(RulePath path, Headers? headers, Findings findings)
    {
        Operations(path.Field("request"), headers?.Request, mayNameAuthority: true, findings);
        Operations(path.Field("response"), headers?.Response, mayNameAuthority: false, findings);
    }

    /// <summary>The host is rewritten in one place at most (<c>validateAuthorityRewrite</c>).</summary>
    public static void Authority(RulePath path, HttpRoute route, Findings findings)
    {
        var request = path.Field("headers").Field("request");
        var isSet = route.Rewrite?.Authority is not null;
        foreach (var (at, operations) in new[] { (request.Field("set"), route.Headers?.Request?.Set),
            (request.Field("add"), route.Headers?.Request?.Add) })
        {
            foreach (var (name, _) in operations?.Where(each => IsAuthority(each.Key)) ?? [])
            {
                if (isSet)
                {
                    findings.Error(at.Key(name), "the host is rewritten twice", "keep rewrite.authority or one header");
                }

                isSet = true;
            }
        }
    }

    private static bool IsAuthority(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals(":authority", StringComparison.OrdinalIgnoreCase);

    private static void Operations(RulePath path, HeaderOperations? operations, bool mayNameAuthority, Findings findings)
    {
        if (operations is null)
        {
            return;
        }

        foreach (var (at, values) in new[] { (path.Field("set"), operations.Set), (path.Field("add"), operations.Add) })
        {
            foreach (var (name, value) in values)
            {
                Name(at.Key(name), name, mayNameAuthority, findings);
                if (Framing.Contains(name))
                {
                    findings.Add(
                        MessageTypes.Unsupported, at.Key(name),
                            $"the mesh does not support setting {name}: it says where a message ends, and only the proxy knows",
                                "leave it out");
                }

                if (HeaderValue.FindError(value) is { } error)
                {
                    findings.Error(at.Key(name), error);
                }
            }
        }

        for (var i = 0; i < operations.Remove.Count; i++)
        {
            Name(path.Field("remove").Item(i), operations.Remove[i], mayNameAuthority: false, findings);
        }
    }

    private static void Name(RulePath path, string name, bool mayNameAuthority, Findings findings)
    {
        if (IsAuthority(name) && mayNameAuthority)
        {
            return;
        }

        if (name.Length == 0)
        {
            findings.Error(path, "a header needs a name");
        }
        else if (name.StartsWith(':') || IsAuthority(name))
        {
            findings.Error(path, $"{name} cannot be changed here", "rewrite.authority, or set under request, changes the host");
        }
        else if (!IsName(name))
        {
            // istiod lets it pass and Envoy then refuses the whole configuration.
            findings.Error(path, $"{Messages.Quote(name)} is not a name for a header");
        }
    }
}
