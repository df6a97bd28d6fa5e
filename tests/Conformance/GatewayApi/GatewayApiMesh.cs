using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>
/// The applications of the Gateway API's conformance tests (<c>conformance/base/manifests.yaml</c> and
/// <c>conformance/mesh/manifests.yaml</c> of kubernetes-sigs/gateway-api), and how a case runs against them.
/// </summary>
public sealed class GatewayApiMesh() : RunningMesh(StartAsync)
{
    private const string Infra = "infra";
    private const string EchoNamespace = "echo";
    private const string Consumer = "consumer";

    private static readonly (string App, string Namespace)[] Http =
    [
        ("infra-backend-v1", Infra), ("infra-backend-v2", Infra), ("infra-backend-v3", Infra),
        ("app-backend-v1", "app-backend"), ("app-backend-v2", "app-backend"), ("web-backend", "web-backend"),
    ];

    private static readonly int[] EchoPorts = [80, 8080];

    private static readonly string[] Grpc = ["grpc-infra-backend-v1", "grpc-infra-backend-v2", "grpc-infra-backend-v3"];

    /// <summary>The workload of a backend: echo has two releases, every other application has one.</summary>
    public static string WorkloadOf(string backend) => backend.StartsWith("echo-", StringComparison.Ordinal) ? backend : $"{backend}-v1";

    /// <summary>The pod that calls from a namespace.</summary>
    public static string CallerOf(string @namespace) => @namespace == Consumer ? "client-v1-0" : "echo-v1-0";

    public async Task RunAsync(GatewayApiCase row)
    {
        Mesh.Begin(row.Resources);
        foreach (var (route, conditions) in row.Conditions)
        {
            var status = Mesh.Server.GatewayApiStatuses.Single(status => status.Resource is RouteResource && status.Resource.Name == route);
            var said = status.Parents.SelectMany(parent => parent.Conditions)
                .Select(condition => $"{condition.Type}={condition.Status} {condition.Reason}").ToList();
            Assert.All(conditions, condition => Assert.Contains(condition, said));
        }

        var isMesh = row.Source.Contains("/mesh/", StringComparison.Ordinal);
        foreach (var call in row.Calls)
        {
            await RunAsync(call, call.ToCall(isMesh ? CallerOf(EchoNamespace) : EchoMesh.Gateway, isMesh ? "echo" : "conformance.test"));
        }
    }

    private async Task RunAsync(GatewayApiCall expected, Call call)
    {
        foreach (var pod in Mesh.Pods)
        {
            pod.Reset();
        }

        if (expected.Statuses.Count > 1 || expected.AnswerOneOf.Count > 0)
        {
            var reply = await Mesh.SendAsync(call);
            Assert.Contains(reply.Status, expected.Statuses);
            Assert.All(expected.AnswerOneOf, header =>
                Assert.Contains(reply.Headers.GetValueOrDefault(header.Key.ToLowerInvariant()),
                    header.Value.Select(value => EchoPod.Join(value))));
            call = call with { Status = reply.Status };
        }

        await Mesh.CheckAsync(call);
        foreach (var mirror in expected.Mirrors)
        {
            var pod = Mesh.Pods.Single(pod => pod.Workload.Name == WorkloadOf(mirror));
            await Eventually.UntilAsync(() => !pod.Seen.IsEmpty, $"{mirror} gets no copy of {call.Url}");
        }
    }

    private static Task<EchoMesh> StartAsync() => EchoMesh.StartAsync(
        [
            .. Http.Select(app => EchoApp.Of(app.App, @namespace: app.Namespace)),
            .. Grpc.Select(app => EchoApp.Of(app, http2: true, @namespace: Infra)),
            EchoApp.Of("echo", "v1", @namespace: EchoNamespace), EchoApp.Of("echo", "v2", @namespace: EchoNamespace),
            EchoApp.Of("client", @namespace: Consumer),
        ],
        [
            .. Http.Select(app => new MeshService(app.App, 8080, Namespace: app.Namespace)),
            new MeshService("infra-backend-v1", 8081, "http2", Infra),
            .. Grpc.Select(app => new MeshService(app, 8080, "grpc", Infra)),
            .. Echo("echo", null), .. Echo("echo-v1", "v1"), .. Echo("echo-v2", "v2"),
        ],
        options => options with
        {
            NamespaceLabels = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                [Infra] = new Dictionary<string, string> { ["gateway-conformance"] = "infra" },
                ["app-backend"] = new Dictionary<string, string> { ["gateway-conformance"] = "backend" },
                ["web-backend"] = new Dictionary<string, string> { ["gateway-conformance"] = "backend" },
                ["gateway-api-routes-allowed-ns"] = new Dictionary<string, string> { ["allowed"] = "ns" },
            },
        });

    private static IEnumerable<MeshService> Echo(string name, string? version) => EchoPorts.Select(port =>
        new MeshService(name, port, Namespace: EchoNamespace)
        {
            Selector = version is null ? new Dictionary<string, string> { ["app"] = "echo" }
                : new Dictionary<string, string> { ["app"] = "echo", ["version"] = version },
        });
}
