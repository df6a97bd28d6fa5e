using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Proxy.Support;
using HeaderRules = Bookinfo.Mesh.Istio.Model.Headers;

namespace Bookinfo.Tests.Proxy.Compilation;

/// <summary>
/// Texts of rules that could not be written into a request or an answer. Rules are made as objects: the mesh is safe whatever the reader of
/// files lets through.
/// </summary>
public sealed class UnsafeRulesTests
{
    private static readonly RuleSet Read = Rules.Read("""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - route: [{destination: {host: reviews} }]
        """);

    private static readonly HttpRoute Whole = Read.VirtualServices[0].Http[0];

    public static TheoryData<string, HttpRoute> Unsafe => new()
    {
        { "rewrite.uri", Whole with { Rewrite = new HttpRewrite { Uri = "/a\r\nX-Inj: 1\r\n\r\nGET /smuggled" } } },
        { "rewrite.authority", Whole with { Rewrite = new HttpRewrite { Authority = "a b" } } },
        { "uriRegexRewrite", Whole
            with { Rewrite = new HttpRewrite { UriRegexRewrite = new RegexRewrite { Match = "/x", Rewrite = "/a\n" } } } },
        { "request header", Whole with { Headers = new HeaderRules { Request = Set("content-length", "0") } } },
        { "request host", Whole with { Headers = new HeaderRules { Request = Set("host", "a b") } } },
        { "response header", Whole with { Headers = new HeaderRules { Response = Set("transfer-encoding", "chunked") } } },
        { "response value", Whole with { Headers = new HeaderRules { Response = Set("x", "a\r\nb: c") } } },
        { "destination header", Whole with { Route = [Whole.Route[0] with { Headers = new HeaderRules { Response = Set("x", "\n") } }] } },
        { "redirect.uri", Whole with { Route = [], Redirect = new HttpRedirect { Uri = "/a\r\nSet-Cookie: b" } } },
        { "redirect.authority", Whole with { Route = [], Redirect = new HttpRedirect { Authority = "a/b c" } } },
        { "redirect.scheme", Whole with { Route = [], Redirect = new HttpRedirect { Scheme = "ht tp" } } },
        { "cors", Whole with { CorsPolicy = new CorsPolicy { ExposeHeaders = ["x\r\ny: z"] } } },
    };

    [Theory]
    [MemberData(nameof(Unsafe), DisableDiscoveryEnumeration = true)]
    public void Refusals_TextThatEndsAHead_RefusedWithItsPath(string what, HttpRoute route)
    {
        var options = new MeshOptions
        {
            Services = [new MeshService("reviews", 9080)],
            Pods = [new Pod("reviews-v1", Workload.Of("reviews", "v1"), new IPEndPoint(IPAddress.Loopback, 1),
                new IPEndPoint(IPAddress.Loopback, 0))],
        };
        var rules = Read with { VirtualServices = [Read.VirtualServices[0] with { Http = [route] }] };

        var problem = Assert.Single(MeshServer.Refusals(options, rules));

        Assert.True(problem.Path.EndsWith("spec.http[0]", StringComparison.Ordinal), $"{what}: {problem}");
    }

    private static HeaderOperations Set(string name, string value) => new() { Set = new Dictionary<string, string> { [name] = value } };
}
