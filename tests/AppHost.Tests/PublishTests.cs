using System.Diagnostics;
using System.Text.Json;

namespace Bookinfo.Tests.AppHost;

/// <summary>What <c>aspire publish</c> makes of the model. Each run has a home of its own, because Aspire keeps what it makes up under the home folder.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-publish-");

    [Fact]
    public async Task Manifest_Always_TellsHowThePartsFindEachOther()
    {
        var file = Path.Combine(_folder.FullName, "manifest.json");
        await RunAsync("--publisher", "manifest", "--output-path", file);

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var resources = manifest.RootElement.GetProperty("resources");
        var mesh = resources.GetProperty("mesh").GetProperty("env");
        Assert.Equal("{productpage-v1.bindings.http.host}:{productpage-v1.bindings.http.port}", mesh.GetProperty("MESH__PODS__0__ADDRESS").GetString());
        Assert.Equal("*:{mesh.bindings.gateway.targetPort}", mesh.GetProperty("MESH__GATEWAY").GetString());

        var reviews = resources.GetProperty("reviews-v2");
        Assert.Equal("project.v1", reviews.GetProperty("type").GetString());
        Assert.EndsWith("services/Reviews/Reviews.csproj", reviews.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal("{mesh.bindings.outbound-reviews-v2.host}:{mesh.bindings.outbound-reviews-v2.port}", reviews.GetProperty("env").GetProperty("MESH_OUTBOUND").GetString());
        Assert.False(reviews.GetProperty("env").TryGetProperty("FAULT_SWITCH", out _));

        Assert.Equal("{ratings-database.connectionString}", resources.GetProperty("ratings-v2").GetProperty("env").GetProperty("ConnectionStrings__ratings").GetString());
        Assert.Equal("http2", resources.GetProperty("catalog-v1").GetProperty("bindings").GetProperty("http").GetProperty("transport").GetString());
        Assert.True(resources.GetProperty("productpage-session-key").GetProperty("inputs").GetProperty("value").GetProperty("secret").GetBoolean());
    }

    [Fact]
    public async Task Compose_Always_OpensGatewayAndConsoleAlone()
    {
        await RunAsync("--operation", "publish", "--step", "publish", "--output-path", _folder.FullName);

        var compose = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "docker-compose.yaml"));
        Assert.Contains("- \"8080:8080\"\n      - \"8081:8081\"\n", compose, StringComparison.Ordinal);
        Assert.Contains("MESH__PODS__3__ADDRESS: \"reviews-v2:19004\"", compose, StringComparison.Ordinal);
        Assert.Contains("MESH_OUTBOUND: \"mesh:15004\"", compose, StringComparison.Ordinal);
        Assert.Contains("POSTGRES_DB: \"ratings\"", compose, StringComparison.Ordinal);
        Assert.Contains("Password=${POSTGRES_PASSWORD};Database=ratings", compose, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bookinfo.AppHost.dll"), .. args])
        {
            WorkingDirectory = Projects.AppHost.ProjectPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var home in new[] { "HOME", "USERPROFILE", "DOTNET_CLI_HOME" })
        {
            start.Environment[home] = _folder.FullName;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, $"{await output}{await error}");
    }
}
