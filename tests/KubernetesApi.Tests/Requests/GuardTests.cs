using System.Net;
using System.Net.Http.Headers;
using Bookinfo.Mesh.KubernetesApi;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Tests.KubernetesApi.Requests;

public sealed class GuardTests(RunningApi api) : IClassFixture<RunningApi>
{
    [Theory]
    [InlineData("/version")]
    [InlineData("/api/v1/pods")]
    [InlineData("/healthz")]
    public async Task AnyPath_WithoutTheToken_Is401(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");

        using var answer = await api.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task AnyPath_UnderAnotherName_Is403()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version") { Headers = { Host = "evil.example" } };

        using var answer = await api.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public void Kubeconfig_OnUnix_IsReadableByItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes");
        }
        else
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(api.Kubeconfig));
        }
    }

    [Fact]
    public Task Start_BeyondLoopback_IsRefused() => Assert.ThrowsAsync<ArgumentException>(() => KubernetesApiServer.StartAsync(
        new KubernetesApiOptions
        {
            Address = new IPEndPoint(IPAddress.Any, 0),
            Cluster = () => new ApiCluster(new ResourceCatalog([]), new ObjectStore()),
            Kubeconfig = api.Kubeconfig,
        },
        CancellationToken.None));
}
