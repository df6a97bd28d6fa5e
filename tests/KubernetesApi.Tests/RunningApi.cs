using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Tests.KubernetesApi;

/// <summary>
/// A server with Kubernetes' kinds and one that others define, with the namespace default, and a client that has its token.
/// </summary>
public sealed class RunningApi : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kube-test-");
    private KubernetesApiServer _server = null!;

    /// <summary>A kind that others define, of two versions.</summary>
    public static ResourceDefinition Widget { get; } = new("example.com", "v1", "Widget", "widgets")
    {
        OtherVersions = ["v1beta1"],
        ShortNames = ["wd"],
    };

    /// <summary>The objects.</summary>
    public ObjectStore Store { get; } = new();

    /// <summary>Talks to the server.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The file by which clients find the server.</summary>
    public string Kubeconfig => Path.Combine(_folder.FullName, "config");

    public async ValueTask InitializeAsync()
    {
        Store.Put(KubernetesKinds.Namespace, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default", ["uid"] = "1" } });
        _server = await KubernetesApiServer.StartAsync(
            new KubernetesApiOptions
            {
                Address = new IPEndPoint(IPAddress.Loopback, 0),
                Cluster = () => new ApiCluster(new ResourceCatalog([.. KubernetesKinds.All, Widget]), Store),
                Kubeconfig = Kubeconfig,
                Random = new Random(1),
            },
            TestContext.Current.CancellationToken);
        var config = YamlText.Read(await File.ReadAllTextAsync(Kubeconfig));
        var authority = Convert.FromBase64String(config!["clusters"]![0]!["cluster"]!["certificate-authority-data"]!.GetValue<string>());
        var certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(authority));
        Client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, given, _, _) => certificate.Equals(given) },
        })
        {
            BaseAddress = new Uri($"https://{_server.Address}"),
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", config["users"]![0]!["user"]!["token"]!.GetValue<string>()),
            },
        };
    }

    /// <summary>Sends a request and reads the answer as JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body, IReadOnlyList<string> Warnings)> SendAsync(
        HttpMethod method, string path, string? body = null, string type = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var answer = await Client.SendAsync(request);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, (JsonObject)json!, answer.Headers.TryGetValues("Warning", out var values) ? [.. values] : []);
    }

    /// <summary>Makes an object that must be made.</summary>
    public async Task<JsonObject> CreateAsync(string path, string body)
    {
        var (status, created, _) = await SendAsync(HttpMethod.Post, path, body);
        Assert.True(status == HttpStatusCode.Created, created.ToJsonString());
        return created;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
