using System.Text;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks redirect, direct response and rewrite.</summary>
internal static class HttpActionCheck
{
    private const int LargeBody = 100 * 1024;
    private const int LargestBody = 1024 * 1024;

    /// <summary>
    /// <c>validateHTTPRedirect</c>, and the codes that Envoy can send (<c>route_components.proto: RedirectResponseCode</c>).
    /// </summary>
    public static void Redirect(RulePath path, HttpRoute route, Findings findings)
    {
        if (route.Redirect is not { } redirect)
        {
            return;
        }

        if (redirect is { Uri: not null, PrefixRewrite: not null })
        {
            findings.Error(path.Field("prefixRewrite"), "prefixRewrite cannot stand beside uri", "keep one of the two");
        }

        if (redirect.PrefixRewrite is not null && route.Match.Any(match => match.Uri is { Prefix: null }))
        {
            findings.Error(path.Field("prefixRewrite"), "prefixRewrite needs every match of the path to be a prefix",
                "use uri instead, or match by prefix");
        }

        if (redirect is { Uri: null, PrefixRewrite: null, Authority: null, Port: null, DerivePort: null, Scheme: null })
        {
            findings.Error(path, "a redirect says what is new", "add uri, prefixRewrite, authority, port, derivePort or scheme");
        }

        if (redirect is { Port: not null, DerivePort: not null })
        {
            findings.Error(path.Field("derivePort"), "derivePort cannot stand beside port", "keep one of the two");
        }

        if (redirect.RedirectCode is not (null or 301 or 302 or 303 or 307 or 308))
        {
            findings.Error(path.Field("redirectCode"), $"{redirect.RedirectCode} is not a redirect that Envoy sends",
                "use 301, 302, 303, 307 or 308");
        }

        if (redirect.Scheme is not (null or "http" or "https"))
        {
            findings.Error(path.Field("scheme"), $"{Messages.Quote(redirect.Scheme)} is not a scheme for a redirect", "use http or https");
        }

        CommonCheck.HeaderText(path.Field("uri"), redirect.Uri, findings);
        CommonCheck.HeaderText(path.Field("prefixRewrite"), redirect.PrefixRewrite, findings);
        Authority(path.Field("authority"), redirect.Authority, findings);
        CommonCheck.Port(path.Field("port"), redirect.Port, findings);
    }

    /// <summary><c>validateHTTPDirectResponse</c>.</summary>
    public static void DirectResponse(RulePath path, HttpDirectResponse? response, Findings findings)
    {
        if (response is null)
        {
            return;
        }

        findings.Range(path.Field("status"), response.Status, 200, 599, "an HTTP status");
        if (response.Body is not { } body)
        {
            return;
        }

        if (body is { String: not null, Bytes: not null })
        {
            findings.Error(path.Field("body"), "only one of string and bytes can be set");
        }

        var size = body.Bytes?.Count ?? Encoding.UTF8.GetByteCount(body.String ?? "");
        if (size > LargestBody)
        {
            findings.Error(path.Field("body"), $"the body has {size} bytes, more than 1 MiB", "let a service answer");
        }
        else if (size > LargeBody)
        {
            findings.Note(path.Field("body"), $"the body has {size} bytes, which burdens Istio's control plane", "let a service answer");
        }
    }

    /// <summary><c>validateHTTPRewrite</c>.</summary>
    public static void Rewrite(RulePath path, HttpRewrite? rewrite, Findings findings)
    {
        switch (rewrite)
        {
            case null:
                return;
            case { Uri: not null, UriRegexRewrite: not null }:
                findings.Error(path.Field("uriRegexRewrite"), "uriRegexRewrite cannot stand beside uri", "keep one of the two");
                break;
            case { Uri: null, UriRegexRewrite: null, Authority: null }:
                findings.Error(path, "a rewrite says what is new", "add uri, uriRegexRewrite or authority");
                break;
        }

        if (CommonCheck.HeaderText(path.Field("uri"), rewrite.Uri, findings) && rewrite.Uri is { } uri && !uri.StartsWith('/'))
        {
            findings.Add(
                MessageTypes.RequestsFail, path.Field("uri"),
                    $"a path begins with /, {Messages.Quote(uri)} does not: these requests get 400", $"write /{uri}");
        }

        Authority(path.Field("authority"), rewrite.Authority, findings);
        if (rewrite.UriRegexRewrite is not { } regex)
        {
            return;
        }

        var at = path.Field("uriRegexRewrite");
        if (regex.Match.Length == 0 || regex.Rewrite.Length == 0)
        {
            findings.Error(at, "uriRegexRewrite has both match and rewrite");
        }
        else
        {
            CommonCheck.HeaderText(at.Field("rewrite"), regex.Rewrite, findings);
            HttpMatchCheck.Regex(at.Field("match"), regex.Match, findings);
            if (Re2.FindReplacementError(regex.Match, regex.Rewrite) is { } error)
            {
                findings.Error(at.Field("rewrite"), error);
            }
        }
    }

    /// <summary>
    /// A host with or without a port (RFC 3986, section 3.2); a request with anything else in its place is refused by its receiver.
    /// </summary>
    private static void Authority(RulePath path, string? authority, Findings findings)
    {
        if (CommonCheck.HeaderText(path, authority, findings)
            && authority is not null
            && !Characters.AreLettersDigitsOr(authority, "-._~%!$&'()*+,;=:[]@"))
        {
            findings.Error(path, $"{Messages.Quote(authority)} is not a host with or without a port",
                "use letters, digits, hyphens and dots");
        }
    }
}
