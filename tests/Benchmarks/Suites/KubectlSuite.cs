using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>How long the Kubernetes API takes to list 1,000 objects, whole and as the table that <c>kubectl get</c> asks for.</summary>
internal static class KubectlSuite
{
    private const int Objects = 1000;
    private const int Rounds = 50;
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kube-bench-");
        var file = System.IO.Path.Combine(folder.FullName, "config");
        var store = new ObjectStore();
        Fill(store);
        await using var server = await KubernetesApiServer.StartAsync(
            new KubernetesApiOptions
            {
                Address = new IPEndPoint(IPAddress.Loopback, 0),
                Cluster = () => new ApiCluster(new ResourceCatalog(KubernetesKinds.All), store),
                Kubeconfig = file,
            },
            CancellationToken.None);
        using var client = Client(server, YamlText.Read(await File.ReadAllTextAsync(file))!);
        foreach (var (what, accept) in new[] { ("whole", "application/json"), ("table", Table) })
        {
            await MeasureAsync(client, accept, rounds: 5);
            var (median, cpu) = await MeasureAsync(client, accept, Rounds);
            Console.WriteLine(
                $"list of {Objects} objects, {what}: median {median:0.0} ms, CPU {cpu:0.0} ms with the client's (mark: 50 ms)");
        }

        folder.Delete(recursive: true);
    }

    private static async Task<(double Median, double Cpu)> MeasureAsync(HttpClient client, string accept, int rounds)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "Accept", accept } } };
            using var answer = await client.SendAsync(request);
            await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        process.Refresh();
        return (times.Order().ElementAt(rounds / 2), (process.TotalProcessorTime - before).TotalMilliseconds / rounds);
    }

    private static void Fill(ObjectStore store)
    {
        for (var i = 0; i < Objects; i++)
        {
            store.Put(KubernetesKinds.ConfigMap, new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ConfigMap",
                ["metadata"] = new JsonObject
                {
                    ["name"] = $"settings-{i:0000}",
                    ["namespace"] = "default",
                    ["uid"] = $"{i}",
                    ["creationTimestamp"] = "2026-01-31T12:00:00Z",
                    ["labels"] = new JsonObject { ["app"] = "reviews", ["version"] = $"v{i % 3}" },
                },
                ["data"] = new JsonObject { ["a"] = "1", ["b"] = "2" },
            });
        }
    }

    private static HttpClient Client(KubernetesApiServer server, JsonNode config)
    {
        var authority = Convert.FromBase64String(config["clusters"]![0]!["cluster"]!["certificate-authority-data"]!.GetValue<string>());
        var certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(authority));
        return new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, given, _, _) => certificate.Equals(given) },
        })
        {
            BaseAddress = new Uri($"https://{server.Address}"),
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", config["users"]![0]!["user"]!["token"]!.GetValue<string>()),
            },
        };
    }
}
