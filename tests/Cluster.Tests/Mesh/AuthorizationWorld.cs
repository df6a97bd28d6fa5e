using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Mesh;

/// <summary>
/// Says whom a set of AuthorizationPolicies lets call, as Istio's reference defines ALLOW: some policy that applies has a rule that
/// matches.
/// </summary>
internal sealed class AuthorizationWorld(Observation stack)
{
    /// <param name="principal">The caller's identity, or null for one without.</param>
    /// <param name="app">The workload that is called.</param>
    /// <param name="port">The port.</param>
    /// <param name="path">The path; null for what is not HTTP.</param>
    public bool Lets(string? principal, string app, int port, string? path = "/any")
    {
        var applying = stack.OfKind("AuthorizationPolicy").Where(policy =>
            !policy.Tree["spec"]["targetRefs"].Exists && (!policy.Tree["spec"]["selector"].Exists
                || policy.Tree["spec"]["selector"]["matchLabels"]["app"].Text == app)).ToList();
        return applying.Count == 0 || applying.SelectMany(policy => policy.Tree["spec"]["rules"].Items)
            .Any(rule => Matches(rule, principal, port, path));
    }

    private static bool Matches(Tree rule, string? principal, int port, string? path)
    {
        var principals = rule["from"].Items.SelectMany(from => from["source"]["principals"].Items).Select(one => one.Text).ToList();
        var operation = Assert.Single(rule["to"].Items)["operation"];
        return (!rule["from"].Exists || (principal is not null && principals.Contains(principal)))
            && operation["ports"].Items.Any(one => one.Value is string && one.Text == $"{port}")
            && (!operation["paths"].Exists || (path is not null && operation["paths"].Items.Any(one => Matches(one.Text, path))));
    }

    private static bool Matches(string pattern, string path) =>
        pattern.EndsWith('*') ? path.StartsWith(pattern[..^1], StringComparison.Ordinal) : path == pattern;
}
