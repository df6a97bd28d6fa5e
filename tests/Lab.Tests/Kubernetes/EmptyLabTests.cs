using System.Net;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>A Lab that starts with nothing, into which the manifests of <c>infra/Cluster</c> bring the whole system.</summary>
public sealed class EmptyLabTests(EmptyLabTests.EmptyLab lab) : IClassFixture<EmptyLabTests.EmptyLab>
{
    private const int Requests = 400;

    private static string Manifests => Repository.PathOf("infra", "manifests", "kind-istio");

    [Fact]
    public async Task ApplyAndDelete_WhatTheClusterProgramRenders_BringsTheSystemAndLeavesNothing()
    {
        LabWithKubectl.RequireKubectl();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://{lab.Lab.Mesh.Gateway}"),
        };
        var start = await ObjectsAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/productpage"));

        var (code, output, error) = await lab.RunAsync($"apply -f {Manifests}");

        Assert.True(code == 0, error);
        Assert.Contains("deployment.apps/reviews-v3 created", output, StringComparison.Ordinal);
        Assert.Contains("Warning: NetworkPolicy: stored, not enforced in the Lab", error, StringComparison.Ordinal);
        await lab.TypeAsync("wait --for=condition=Available deployment --all --timeout=60s");
        var page = await client.GetStringAsync("/productpage", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Error fetching", page, StringComparison.Ordinal);

        // 400 draws with seed 1 and p = 0.1: within 4 standard deviations, 40 +- 24.
        var canary = 0;
        for (var i = 0; i < Requests; i++)
        {
            var reviews = await client.GetStringAsync("/api/v1/products/0/reviews", TestContext.Current.CancellationToken);
            canary += reviews.Contains("\"reviews-v3-1\"", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(canary, 16, 64);
        Assert.Equal("1", await lab.TypeAsync("get deployment ratings-v2 -o 'jsonpath={.status.readyReplicas}'"));

        await lab.TypeAsync($"delete -f {Manifests} --timeout=60s");

        Assert.Equal(start, await ObjectsAsync());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/productpage"));
        Assert.Empty(lab.Lab.Mesh.Rules.InForce.Rules.Resources);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Every object of every kind, by name.</summary>
    private async Task<string> ObjectsAsync()
    {
        var kinds = await lab.TypeAsync("api-resources --verbs=list -o name");
        return await lab.TypeAsync($"get {string.Join(',', kinds.Split('\n', StringSplitOptions.RemoveEmptyEntries))} -A -o name");
    }

    /// <summary>The empty Lab.</summary>
    public sealed class EmptyLab : LabWithKubectl
    {
        private protected override LabOptions Options => new()
        {
            Gateway = Any,
            IsEmpty = true,
            Namespace = LabOptions.EmptyNamespace,
            Randomness = Randomness.Seeded(1),
            Log = TextWriter.Null,
        };
    }
}
