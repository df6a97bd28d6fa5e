using System.Globalization;
using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.Analysis.Testing;

/// <summary>
/// The rules that delegate, asked without their delegates: which reference a request comes to by the matches of the delegating rules
/// alone. istio-config-validator looks at that reference; in a mesh's tables it is gone.
/// </summary>
internal static class DelegatingRules
{
    /// <summary>The rules with an answer in the place of each reference; null where none delegates.</summary>
    public static OfflineMesh? Compile(AssumedCluster cluster)
    {
        var rules = cluster.Rules;
        if (rules.VirtualServices.All(service => service.Http.All(rule => rule.Delegate is null)))
        {
            return null;
        }

        var roots = rules with
        {
            VirtualServices =
            [
                .. rules.VirtualServices.Where(service => service.Hosts.Count > 0).Select(service => service with
                {
                    Http = [.. service.Http.Select(rule => rule.Delegate is null ? rule : Answering(rule))],
                }),
            ],
        };
        return (cluster with { Rules = roots }).Compile();
    }

    /// <summary>The reference that a request comes to; null for none.</summary>
    public static Mesh.Istio.Model.Delegate? Find(OfflineMesh roots, string caller, SampleRequest request) =>
        roots.FindCaller(caller)?.Decide(request).Definition is { DirectResponse.Body.String: { } text, Name: Mark }
            ? Read(text)
            : null;

    private const string Mark = "a rule that delegates";

    private static HttpRoute Answering(HttpRoute rule) => new()
    {
        Name = Mark,
        Match = rule.Match,
        DirectResponse = new HttpDirectResponse
        {
            Status = 200,
            Body = new HttpBody
            {
                String = string.Create(CultureInfo.InvariantCulture,
                $"{rule.Delegate!.Namespace}/{rule.Delegate.Name}")
            },
        },
    };

    private static Mesh.Istio.Model.Delegate Read(string text) =>
        text.Split('/', 2) is ["", var name]
            ? new Mesh.Istio.Model.Delegate { Name = name }
            : new Mesh.Istio.Model.Delegate { Name = text.Split('/', 2)[1], Namespace = text.Split('/', 2)[0] };
}
