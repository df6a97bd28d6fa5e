using Bookinfo.Mesh.Lab;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class ExplainCommandTests : IDisposable
{
    private static readonly string JasonToV2 = Path.Combine(AppContext.BaseDirectory, "rules", "reviews-jason-v2.yaml");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("jason", "subset v2")]
    [InlineData("kate", "subset v1")]
    public async Task Explain_HeaderThatARuleMatches_DecidesTheDestination(string user, string expected)
    {
        var code = await RunAsync("explain", "GET", "http://reviews:9080/reviews/0", "-H", $"end-user: {user}", "--from", "productpage",
            "--rules", JasonToV2);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains(expected, _output.ToString().TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_PathAlone_IsForTheGateway()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("explain", "GET", "/productpage", "--from", "gateway", "--rules", JasonToV2));
        Assert.Contains("VirtualService/bookinfo", _output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Services and workloads beside the rules are part of the cluster that is asked about.</summary>
    [Theory]
    [InlineData("orders-v1", "http://orders.prod:8000/", "100 % to orders.prod.svc.cluster.local (1 pod)")]
    [InlineData("productpage", "http://orders:8000/", "100 % to orders.prod.svc.cluster.local (1 pod)")]
    [InlineData("productpage", "http://stock:80/", "100 % to stock.prod.svc.cluster.local subset v1 (1 pod)")]
    public async Task Explain_RulesForOthersServices_FindsThem(string caller, string url, string expected)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: prod}
            spec: {ports: [{name: http, port: 8000}], selector: {app: orders}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: orders-v1, namespace: prod}
            spec: {template: {metadata: {labels: {app: orders, version: v1}}}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: stock, namespace: prod}
            spec: {hosts: [stock], http: [{route: [{destination: {host: stock, subset: v1}}]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: stock, namespace: prod}
            spec: {host: stock, subsets: [{name: v1, labels: {version: v1}}]}
            """, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Ok, await RunAsync("explain", "GET", url, "--from", caller, "--namespace", "prod", "--rules", file));
        File.Delete(file);
        Assert.Contains(expected, _output.ToString().TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'--from' is required", "explain", "GET", "/productpage")]
    [InlineData("known are productpage-v1-1", "explain", "GET", "/productpage", "--from", "nobody", "--rules", "RULES")]
    [InlineData("'end-user' is not a header", "explain", "GET", "/productpage", "--from", "gateway", "-H", "end-user")]
    [InlineData("'ftp://reviews' is not an http URL", "explain", "GET", "ftp://reviews", "--from", "gateway")]
    public async Task Explain_WrongQuestion_IsOneSentence(string expected, params string[] args)
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync([.. args.Select(arg => arg == "RULES" ? JasonToV2 : arg)]));
        Assert.Contains(expected, Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_NamedLabThatDoesNotRun_Fails()
    {
        Assert.Equal(ExitCodes.Failed, await RunAsync("explain", "GET", "/productpage", "--from", "gateway", "--console", "1"));
        Assert.Contains("127.0.0.1:1", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => LabProgram.RunAsync(args, _output, _error, TestContext.Current.CancellationToken);
}
