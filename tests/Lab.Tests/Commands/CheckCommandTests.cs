using Bookinfo.Mesh.Lab;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-check-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Check_TheDemosOwnRules_HaveNoProblems()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "rules");

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", folder));
        Assert.Contains($"{Directory.GetFiles(folder).Length} files", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Error_IsPrintedWithItsPlace()
    {
        var file = Write("weights.yaml", Reviews("{subset: v1, weight: -1}", "{subset: v3, weight: 101}"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));

        var line = _output.ToString().Split('\n')[0];
        Assert.Matches($"^{file}:9:[0-9]+: VirtualService/reviews spec\\.http\\[0\\]\\.route\\[0\\]\\.weight: .+$", line);
    }

    [Fact]
    public async Task Check_SubsetThatNobodyNames_IsAProblem()
    {
        var file = Write("subset.yaml", Reviews("{subset: v9}"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));
        Assert.Contains("v9", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_RuleOfSomebodyElsesSystem_NeedsItsHostDeclared()
    {
        var file = Write("orders.yaml", Reviews("{}").Replace("reviews", "orders", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", "--no-base", file));
        Assert.Equal(ExitCodes.Ok, await RunAsync("check", "--no-base", "--host", "orders", file));
    }

    [Fact]
    public async Task Check_WithoutBase_LacksItsSubsets()
    {
        var file = Write("v3.yaml", Reviews("{subset: v3}"));

        Assert.Equal(ExitCodes.Ok, await RunAsync("check", file));
        Assert.Equal(ExitCodes.Failed, await RunAsync("check", "--no-base", file));
    }

    [Theory]
    [InlineData("connectionPool: {http: {maxConcurrentStreams: 5}}", "connectionPool.http.maxConcurrentStreams")]
    [InlineData("loadBalancer: {simple: PASSTHROUGH}", "loadBalancer.simple")]
    public async Task Check_WhatTheMeshCannotDo_IsAProblemAsItIsForPut(string policy, string path)
    {
        var file = Write("policy.yaml", $$"""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: ratings
            spec:
              host: ratings
              trafficPolicy: { {{policy}} }
            """);

        Assert.Equal(ExitCodes.Failed, await RunAsync("check", file));
        Assert.Matches($"^{file}:7:[0-9]+: DestinationRule/ratings spec\\.trafficPolicy\\.{path}: ", _output.ToString());
    }

    [Fact]
    public async Task Check_PathThatIsNotThere_IsOneSentenceOnStandardError()
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync("check", "/no/such/rules.yaml"));

        Assert.Empty(_output.ToString());
        Assert.Contains("/no/such/rules.yaml", Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => LabProgram.RunAsync(args, _output, _error, TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static string Reviews(params string[] destinations)
    {
        var routes = destinations.Select(destination => destination == "{}" ? "    - destination: {host: reviews}" : Route(destination));
        return $"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
            spec:
              hosts: [reviews]
              http:
              - route:
            {string.Join('\n', routes)}

            """;
    }

    private static string Route(string destination)
    {
        var parts = destination.Trim('{', '}').Split(", ");
        var weight = parts.Length > 1 ? $", {parts[1]}" : "";
        return $"    - {{destination: {{host: reviews, {parts[0]}}}{weight}}}";
    }
}
