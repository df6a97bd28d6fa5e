using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

public sealed class WhatIsMissingTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly IReadOnlyList<Case> Statements =
    [
        new("a subset that no DestinationRule names", Yaml.VirtualService("r", "- route: [{destination: {host: r, subset: v9}}]"),
            new Call { Url = "http://r:9080/", Status = 503, By = "", Flag = "NC" }),
        new("a subset that the DestinationRule does not have", Yaml.All(
            Yaml.Subsets("r", "v1"), Yaml.VirtualService("r", "- route: [{destination: {host: r, subset: v9}}]")),
            new Call { Url = "http://r:9080/", Status = 503, By = "", Flag = "NC" }),
        new("a destination host that is unknown", Yaml.VirtualService("r", "- route: [{destination: {host: nobody}}]"),
            new Call { Url = "http://r:9080/", Status = 503, By = "", Flag = "NC" }),
        new("a subset without endpoints",
            Yaml.All(Yaml.Subsets("r", "v9"), Yaml.VirtualService("r", "- route: [{destination: {host: r, subset: v9}}]")),
            new Call { Url = "http://r:9080/", Status = 503, By = "", Text = "no healthy upstream", Flag = "UH" }),
        new("a service without pods", "",
            new Call { Url = "http://ghost:9080/", Status = 503, By = "", Text = "no healthy upstream", Flag = "UH" }),
        new("an unknown host passes through", "")
        { Then = mesh => mesh.CheckAsync(new Call { Url = $"http://{mesh.Pod("c-v1-0").Address}/x?y", By = "c-v1", SawTarget = "/x?y" }) },
        new("an unknown host at the gateway has no route", Yaml.Gateway(),
            new Call { From = EchoMesh.Gateway, Url = "http://nobody/", Status = 404, Flag = "NR" }),
        new("a connection that ends without an answer", "")
        {
            Then = mesh =>
            {
                mesh.Pod("c-v1-0").Instead = (context, _) =>
                {
                    context.Abort();
                    return Task.CompletedTask;
                };
                return mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 503, By = "", Flag = "UC" });
            },
        },
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Missing_OnTheRunningMesh_IsAnsweredAsByEnvoy(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    [Fact]
    public async Task UnknownHost_RegistryOnly_Is502()
    {
        await using var mesh = await EchoMesh.StartAsync(
            [EchoApp.Of("a"), EchoApp.Of("c")], [new MeshService("c", 9080)],
            options => options with { OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly });

        await mesh.CheckAsync(new Call { Url = $"http://{mesh.Pod("c-v1-0").Address}/", Status = 502, By = "" });
        await mesh.CheckAsync(new Call { Url = "http://c:9080/", By = "c-v1" });
    }

    [Fact]
    public async Task Connect_ToAPodThatIsGone_Is503WithUF()
    {
        await using var mesh = await EchoMesh.StartAsync([EchoApp.Of("a"), EchoApp.Of("c")], [new MeshService("c", 9080)]);
        await mesh.Pod("c-v1-0").DisposeAsync();

        // The default retries try it three times; the flag of their exhaustion stands beside.
        await mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 503, By = "", Flag = "UF,URX" });
        mesh.Apply(Yaml.VirtualService("c", "- route: [{destination: {host: c}}]\n  retries: {attempts: 0}"));
        await mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 503, By = "", Flag = "UF" });
    }
}
