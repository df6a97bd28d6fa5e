using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Reading;

/// <summary>
/// The fields of a test case of getyourguide/istio-config-validator (<c>docs/test-cases.md</c> there). It knows no callers, so the gateway
/// is asked where a rule is bound to one, otherwise a pod.
/// </summary>
internal static class IstioConfigValidatorFields
{
    public static TestCase Read(ObjectReader item, int line)
    {
        var wantMatch = item.Boolean("wantMatch") ?? false;
        var requests = item.Object("request", "request", Request)?.Requests ?? [];
        if (!item.Has("request"))
        {
            item.Error("request", "a request is required", "write request: with authority, method and uri");
        }

        var expectations = Expectations(item, wantMatch).ToList();
        return new TestCase
        {
            Name = item.Text("description") ?? "",
            Line = line,
            Caller = CallerSelector.Anyone,
            Requests = requests,
            Expectations = expectations,
        };
    }

    /// <summary>Every combination (<c>internal/pkg/parser/testcase.go: Unfold</c>).</summary>
    private static Combinations Request(ObjectReader request)
    {
        var authorities = Required(request, "authority");
        var methods = Required(request, "method");
        var uris = Required(request, "uri");
        IReadOnlyList<KeyValuePair<string, string>> headers = [.. request.TextMap("headers")];
        return new Combinations(
        [
            .. from uri in uris
               from authority in authorities
               from method in methods
               select At(uri) with { Authority = authority, Method = method, Headers = headers },
        ]);
    }

    private static SampleRequest At(string uri) =>
        uri.Contains("://", StringComparison.Ordinal) && RequestText.Parse(uri) is { } whole ? whole : RequestText.AtTarget(uri);

    private static IReadOnlyList<string> Required(ObjectReader request, string name)
    {
        var texts = request.Texts(name);
        if (!request.Has(name) || (texts.Count == 0 && !request.HasErrors))
        {
            request.Error(name, $"{name} is a list with at least one text");
        }

        return texts;
    }

    private static IEnumerable<Expectation> Expectations(ObjectReader item, bool wantMatch)
    {
        var route = item.Objects("route", "HTTPRouteDestination", VirtualServiceFields.Weighted);
        if (item.Has("route"))
        {
            yield return new RuleRouteExpectation(route, wantMatch);
        }

        if (item.Object("redirect", "HTTPRedirect", HttpActionFields.Redirect) is { } redirect)
        {
            yield return Field("redirect", redirect, observed => observed.Outcome.Definition?.Redirect, Words.Of);
        }

        if (item.Object("rewrite", "HTTPRewrite", HttpActionFields.Rewrite) is { } rewrite)
        {
            yield return Field("rewrite", rewrite, observed => observed.Outcome.Definition?.Rewrite, Words.Of);
        }

        if (item.Object("fault", "HTTPFaultInjection", HttpPolicyFields.Fault) is { } fault)
        {
            yield return Field("fault", fault, observed => observed.Outcome.Definition?.Fault, Words.Of);
        }

        if (item.Object("headers", "Headers", VirtualServiceFields.Headers) is { } headers)
        {
            yield return Field("headers", headers, observed => observed.Outcome.Definition?.Headers, Words.Of);
        }

        if (item.Object("delegate", "Delegate", VirtualServiceFields.Delegate) is { } reference)
        {
            yield return Field("delegate", reference, observed => observed.Delegate, Words.Of);
        }

        RuleFieldExpectation<T> Field<T>(string what, T expected, Func<Observation, T?> read, Func<T, string> write)
            where T : class => new(what, expected, wantMatch, read, write);
    }

    private sealed record Combinations(IReadOnlyList<SampleRequest> Requests);
}
