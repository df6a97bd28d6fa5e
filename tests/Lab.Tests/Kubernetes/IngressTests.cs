using System.Net;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>Ingress in front of Services, by <c>kubectl</c>.</summary>
public sealed class IngressTests : IClassFixture<LabWithKubectl>
{
    private readonly LabWithKubectl _lab;

    public IngressTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task Apply_Ingress_ServesByHostAndPathUntilItIsDeleted()
    {
        Assert.Contains("ingress.networking.k8s.io/shop created", await _lab.TypeAsync("apply -f -", Ingress("istio")),
            StringComparison.Ordinal);

        Assert.Matches(@"(?m)^shop +istio +shop\.example\.com +127\.0\.0\.1 +80 ", await _lab.TypeAsync("get ingress"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("shop.example.com", "/details/0"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync("shop.example.com", "/reviews/0"));
        Assert.Equal("Ingress/shop added, by kubectl", History());

        await _lab.TypeAsync("delete ingress shop");
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync("shop.example.com", "/details/0"));
    }

    [Fact]
    public async Task Apply_IngressToAServiceOfOnesOwn_ServesIt()
    {
        await _lab.TypeAsync("expose deployment details-v1 --name=books --port=7777 --target-port=9080");
        await _lab.TypeAsync("apply -f -", Ingress("istio", "books", "own.example.com", 7777));

        await Eventually.HoldsAsync(async () => await AskAsync("own.example.com", "/details/0") == HttpStatusCode.OK, "it is served");
        await _lab.TypeAsync("delete ingress/shop svc/books");
    }

    [Fact]
    public async Task Apply_IngressOfAnotherClass_IsLeftAloneWithoutAnAddress()
    {
        await _lab.TypeAsync("apply -f -", """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}
            """);
        await _lab.TypeAsync("apply -f -", Ingress("nginx", host: "nginx.example.com"));

        Assert.Matches(@"(?m)^shop +nginx +nginx\.example\.com +80 ", await _lab.TypeAsync("get ing"));
        Assert.Matches(@"(?m)^nginx +k8s.io/ingress-nginx +<none> ", await _lab.TypeAsync("get ingressclass"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync("nginx.example.com", "/details/0"));
        await _lab.TypeAsync("delete ingress/shop ingressclass/nginx");
    }

    [Fact]
    public async Task Apply_UnknownPathType_IsDeniedWithAdvice()
    {
        var (code, _, error) = await _lab.RunAsync("apply --validate=false -f -",
            Ingress("istio").Replace("pathType: Prefix", "pathType: Prefixed", StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains("Prefixed", error, StringComparison.Ordinal);
    }

    private string History() => _lab.Lab.Mesh.Rules.History[0] is var change ? $"{change.What}, by {change.By}" : "";

    private async Task<HttpStatusCode> AskAsync(string host, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{_lab.Lab.Mesh.Gateway}{path}") { Headers = { Host = host } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static string Ingress(string ingressClass, string service = "details", string host = "shop.example.com", int port = 9080) => $"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
        spec:
          ingressClassName: {ingressClass}
          rules:
          - host: {host}
            http:
              paths:
              - path: /details
                pathType: Prefix
                backend:
                  service:
                    name: {service}
                    port:
                      number: {port}
        """;
}
