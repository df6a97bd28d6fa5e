using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>What a rule does, in the words of the Gateway API. What depends on the match is added to each match's own.</summary>
internal sealed record MigratedAction
{
    /// <summary>The rule's name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Filters, without those for which the match counts.</summary>
    public required IReadOnlyList<Api.RouteFilter> Filters { get; init; }

    /// <summary>Where requests go.</summary>
    public required IReadOnlyList<Api.BackendRef> Backends { get; init; }

    /// <summary>How long a request may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long each try may take; null for no limit of its own.</summary>
    public TimeSpan? TryTimeout { get; init; }

    /// <summary>When a failed request is sent again; null as Istio does by default.</summary>
    public Api.HttpRouteRetry? Retry { get; init; }

    /// <summary>That the requests of a session go to one pod; null for none.</summary>
    public Api.SessionPersistence? Session { get; init; }

    /// <summary>The new host of a rewrite; null for none.</summary>
    public string? RewriteHost { get; init; }

    /// <summary>The new path of a rewrite, in place of the matched prefix where there is one; null for none.</summary>
    public string? RewritePath { get; init; }

    /// <summary>A redirect without its path; null for none.</summary>
    public Api.RequestRedirect? Redirect { get; init; }

    /// <summary>The new path of a redirect, in place of the whole path; null for none.</summary>
    public string? RedirectPath { get; init; }

    /// <summary>The new path of a redirect, in place of the matched prefix; null for none.</summary>
    public string? RedirectPrefix { get; init; }

    /// <summary>Whether a filter depends on the path that is matched, so that each match needs a rule of its own.</summary>
    public bool DependsOnMatch => RewritePath is not null || RedirectPrefix is not null;

    /// <summary>All filters for a match.</summary>
    /// <exception cref="RefusalException">The new path cannot be said for it.</exception>
    public IReadOnlyList<Api.RouteFilter> FiltersFor(OrderedMatch match)
    {
        var filters = Filters.ToList();
        if (RewriteHost is not null || RewritePath is not null)
        {
            filters.Add(new Api.RouteFilter
            {
                Type = Api.RouteFilterType.UrlRewrite,
                UrlRewrite = new Api.UrlRewrite { Hostname = RewriteHost, Path = RewritePath is null ? null : PathFor(match, RewritePath) },
            });
        }

        if (Redirect is not null)
        {
            filters.Add(new Api.RouteFilter
            {
                Type = Api.RouteFilterType.RequestRedirect,
                RequestRedirect = Redirect with
                {
                    Path = RedirectPath is not null ? new Api.PathModifier { ReplaceFullPath = RedirectPath }
                        : RedirectPrefix is not null ? PathFor(match, RedirectPrefix) : null,
                },
            });
        }

        return filters;
    }

    private static Api.PathModifier PathFor(OrderedMatch match, string replacement)
    {
        if (match.ReplacedPrefix is not { } prefix)
        {
            return new Api.PathModifier { ReplaceFullPath = replacement };
        }

        var path = match.Terms.Path;
        if (path.IsExpression)
        {
            throw new RefusalException(match.Path,
                "the new path cannot be said: to keep the order of rules, the match is written as an expression, whose prefix the Gateway "
                + "API does not replace", "put the rule first, or apart from the others");
        }

        // A match that is narrower than the rule's own keeps what stands behind the rule's prefix.
        var rest = path.Text.Length > prefix.Length ? path.Text[prefix.Length..] : "";
        return path.Kind == PathTermKind.Exact ? new Api.PathModifier { ReplaceFullPath = replacement + rest }
            : new Api.PathModifier { ReplacePrefixMatch = replacement + rest };
    }
}
