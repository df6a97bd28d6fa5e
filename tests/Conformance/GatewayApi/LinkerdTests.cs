using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>
/// Routes of Linkerd's documentation as they are there (<c>linkerd.io/content/2-edge</c> of linkerd/website, commit 93f00175): the
/// resource, and what the page says of it.
/// </summary>
public sealed class LinkerdTests(LinkerdTests.Running running) : IClassFixture<LinkerdTests.Running>
{
    private EchoMesh Mesh => running.Mesh;

    /// <summary><c>reference/httproute.md</c>: smiley-a-b.</summary>
    [Fact]
    public async Task RouteOfPolicyLinkerdIo_HeaderOfATestUser_GoesToTheOtherService()
    {
        Mesh.Begin("""
            apiVersion: policy.linkerd.io/v1beta2
            kind: HTTPRoute
            metadata: {name: smiley-a-b, namespace: faces}
            spec:
              parentRefs: [{name: smiley, kind: Service, group: core, port: 80}]
              rules:
              - matches: [{headers: [{name: x-faces-user, value: testuser}]}]
                backendRefs: [{name: smiley2, port: 80}]
              - backendRefs: [{name: smiley, port: 80}]
            """);

        await Mesh.CheckAsync(Call("smiley", "smiley", "/"));
        await Mesh.CheckAsync(Call("smiley", "smiley2", "/") with
        {
            Headers = new Dictionary<string, string> { ["x-faces-user"] = "testuser" },
        });
    }

    /// <summary><c>tasks/fault-injection.md</c>: error-split.</summary>
    [Fact]
    public Task Weights_NineToOne_SplitTheRequests()
    {
        Mesh.Begin("""
            apiVersion: policy.linkerd.io/v1beta2
            kind: HTTPRoute
            metadata: {name: error-split, namespace: faces}
            spec:
              parentRefs: [{name: smiley, kind: Service, group: core, port: 80}]
              rules:
              - backendRefs: [{name: smiley, port: 80, weight: 90}, {name: smiley2, port: 80, weight: 10}]
            """);
        return Mesh.CheckAsync(Call("smiley", null, "/") with
        {
            Times = 2000,
            Shares = new Dictionary<string, double> { ["smiley-v1"] = 90, ["smiley2-v1"] = 10 },
        });
    }

    /// <summary><c>tasks/books.md</c>: books-list and books-create, which name no backend.</summary>
    [Fact]
    public async Task RulesWithoutBackends_LeadToTheirOwnService()
    {
        Mesh.Begin("""
            kind: HTTPRoute
            apiVersion: gateway.networking.k8s.io/v1beta1
            metadata: {name: books-list, namespace: faces}
            spec:
              parentRefs: [{name: smiley, group: core, kind: Service, port: 80}, {name: smiley2, group: core, kind: Service, port: 80}]
              rules: [{matches: [{path: {type: Exact, value: /books.json}}]}]
            ---
            kind: HTTPRoute
            apiVersion: gateway.networking.k8s.io/v1beta1
            metadata: {name: books-create, namespace: faces}
            spec:
              parentRefs: [{name: smiley, group: core, kind: Service, port: 80}]
              rules: [{matches: [{path: {type: Exact, value: /books.json}, method: POST}]}]
            """);

        await Mesh.CheckAsync(Call("smiley", "smiley", "/books.json"));
        await Mesh.CheckAsync(Call("smiley", "smiley", "/books.json") with { Method = "POST" });
        await Mesh.CheckAsync(Call("smiley2", "smiley2", "/books.json"));
    }

    private static Call Call(string host, string? app, string path) => new()
    {
        From = "client-v1-0",
        Url = $"http://{host}{path}",
        By = app is null ? null : $"{app}-v1",
    };

    public sealed class Running() : RunningMesh(() => EchoMesh.StartAsync(
        [
            EchoApp.Of("client", @namespace: "faces"), EchoApp.Of("smiley", @namespace: "faces"),
            EchoApp.Of("smiley2", @namespace: "faces"),
        ],
        [new MeshService("smiley", 80, Namespace: "faces"), new MeshService("smiley2", 80, Namespace: "faces")]));
}
