using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>
/// The cases of <c>conformance/tests/httproute-retry.go</c> and <c>.yaml</c> of kubernetes-sigs/gateway-api: a pod that fails so many
/// times before it answers.
/// </summary>
public sealed class RetryTests : IAsyncLifetime
{
    private const string Backend = "infra-backend-v3";

    private const string Routes = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: same-namespace}
        spec:
          gatewayClassName: istio
          listeners: [{name: http, port: 80, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: retries}
        spec:
          parentRefs: [{name: same-namespace}]
          rules:
          - matches: [{path: {type: PathPrefix, value: /retry/code-500-attempts-3}}]
            retry: {codes: [500], attempts: 3}
            backendRefs: [{name: infra-backend-v3, port: 8080}]
          - matches: [{path: {type: PathPrefix, value: /retry/code-all-attempts-2}}]
            retry: {codes: [500, 502, 503, 504], attempts: 2}
            backendRefs: [{name: infra-backend-v3, port: 8080}]
        """;

    private EchoMesh _mesh = null!;

    public async ValueTask InitializeAsync() =>
        _mesh = await EchoMesh.StartAsync([EchoApp.Of(Backend)], [new MeshService(Backend, 8080)]);

    public ValueTask DisposeAsync() => _mesh.DisposeAsync();

    [Theory]
    [InlineData("code-500-attempts-3", 500, 2, 200)]
    [InlineData("code-500-attempts-3", 500, 4, 500)]
    [InlineData("code-500-attempts-3", 503, 2, 503)]
    [InlineData("code-all-attempts-2", 500, 1, 200)]
    [InlineData("code-all-attempts-2", 500, 3, 500)]
    [InlineData("code-all-attempts-2", 502, 1, 200)]
    [InlineData("code-all-attempts-2", 502, 3, 502)]
    [InlineData("code-all-attempts-2", 503, 1, 200)]
    [InlineData("code-all-attempts-2", 503, 3, 503)]
    [InlineData("code-all-attempts-2", 504, 1, 200)]
    [InlineData("code-all-attempts-2", 504, 3, 504)]
    public async Task Request_ToAPodThatFailsSoManyTimes_EndsAsTheSuiteExpects(string path, int responseCode, int succeedAfter, int status)
    {
        _mesh.Begin(Routes);
        var pod = _mesh.Pods.Single(pod => pod.Workload.Labels["app"] == Backend);
        var failures = 0;
        pod.Instead = (context, echo) =>
        {
            if (Interlocked.Increment(ref failures) > succeedAfter)
            {
                return EchoPod.RespondAsync(context, echo);
            }

            context.Response.StatusCode = responseCode;
            return Task.CompletedTask;
        };

        var reply = await _mesh.SendAsync(new Call { From = EchoMesh.Gateway, Url = $"http://conformance.test/retry/{path}" });

        Assert.Equal(status, reply.Status);
    }
}
