using System.ComponentModel;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>
/// Kubernetes' own client for JavaScript against the Lab. Its packages, as <c>package-lock.json</c> has them, are fetched beside the tests
/// once; where there is no Node or no registry, the test says so.
/// </summary>
public sealed class NodeClientTests(LabWithKubectl lab) : IClassFixture<LabWithKubectl>
{
    private static string Installed => Path.Combine(AppContext.BaseDirectory, "node-client");

    [Fact]
    public async Task Client_ListsAppliesWatchesAndDeletes()
    {
        await InstallAsync();

        var (code, output, error) = await ChildProcess.RunAsync(
            "node", [Path.Combine(Installed, "client.js")], [new("KUBECONFIG", lab.Kubeconfig)]);

        Assert.True(code == 0, error);
        var seen = JsonNode.Parse(output)!;
        Assert.Equal(["reviews-v1-1 Running", "reviews-v2-1 Running", "reviews-v3-1 Running"], seen.Words("pods"));
        Assert.Equal("2", seen.Text("applied", "a"));
        Assert.Equal("MODIFIED v3", $"{seen.Text("watched", "type")} {seen.Text("watched", "subset")}");
        Assert.Equal("reviews: all to v3", lab.Lab.Mesh.Rules.History[0].What);
        Assert.Contains("HTTPRoute has no field \"rout\" (did you mean route?)", seen.Text("denied"), StringComparison.Ordinal);
        Assert.Equal(404, seen.Number("gone"));
    }

    /// <summary>Fetches the packages where that has not been done.</summary>
    private static async Task InstallAsync()
    {
        Directory.CreateDirectory(Installed);
        foreach (var file in new[] { "package.json", "package-lock.json", "client.js" })
        {
            File.Copy(Repository.PathOf("tests", "Lab.Tests", "Kubernetes", "NodeClient", file), Path.Combine(Installed, file),
                overwrite: true);
        }

        if (File.Exists(Path.Combine(Installed, "node_modules", ".package-lock.json")))
        {
            return;
        }

        try
        {
            await using var npm = ChildProcess.Start("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder: Installed);
            var code = await npm.EndsAsync(TimeSpan.FromMinutes(2));
            Assert.SkipUnless(code == 0, $"npm could not fetch @kubernetes/client-node: {npm.Error}");
        }
        catch (Exception e) when (e is Win32Exception or OperationCanceledException)
        {
            Assert.Skip($"npm could not fetch @kubernetes/client-node: {e.Message}");
        }
    }
}
