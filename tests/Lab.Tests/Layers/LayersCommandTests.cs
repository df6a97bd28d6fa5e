using System.Text.RegularExpressions;
using Bookinfo.Mesh.Lab;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Tests.Lab.Kubernetes;

namespace Bookinfo.Tests.Lab.Layers;

/// <summary><c>layers</c> against a Lab that runs.</summary>
public sealed partial class LayersCommandTests(LabWithKubectl lab) : IClassFixture<LabWithKubectl>, IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Run_LabThatRuns_EachLayerAnswersByItsOwnRuleAndNothingIsLeft()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("--kubeconfig", lab.Kubeconfig, "--requests", "40"));

        var text = _output.ToString();
        var layers = text.Split(Environment.NewLine + Environment.NewLine)[1..];
        Assert.Equal(["pod", "ClusterIP", "NodePort", "Ingress", "gateway"], layers.Select(layer => layer.Split(' ')[0]));
        Assert.All(text.Split(Environment.NewLine), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', text);

        // A pod that is drawn with one third is missing in 40 draws with a probability below 1e-6.
        Assert.Equal([1, 3, 3, 3, 1], layers.Select(layer => Pods(layer.Split(Environment.NewLine)[1])));
        Assert.All(layers, layer => Assert.Equal(40, Total(layer.Split(Environment.NewLine)[1])));
        Assert.Equal(1, Pods(OnOneConnection(layers[1])));
        Assert.Equal(3, Pods(OnOneConnection(layers[3])));
        Assert.Contains("VirtualService/reviews: v1 100 %", Unwrapped(layers[4]), StringComparison.Ordinal);

        Assert.DoesNotContain("layers", await lab.TypeAsync("get svc,ingress -A -o name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OwnLab_Answers()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("--requests", "1"));

        Assert.Matches("(?s)pod .*reviews-v1-1 1.*gateway .*reviews-v1-1 1", _output.ToString());
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("/no/such/file", "cannot be read as a kubeconfig")]
    [InlineData(null, "its context is prod, not bookinfo-lab")]
    public async Task Run_NotALabsKubeconfig_IsRefused(string? file, string expected)
    {
        var other = Path.GetTempFileName();
        await File.WriteAllTextAsync(other, (await File.ReadAllTextAsync(lab.Kubeconfig)).Replace("bookinfo-lab", "prod",
            StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Usage, await RunAsync("--kubeconfig", file ?? other));

        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        File.Delete(other);
    }

    private Task<int> RunAsync(params string[] args) =>
        LabProgram.RunAsync(["layers", .. args], _output, _error, TestContext.Current.CancellationToken);

    private static string Unwrapped(string layer) => Space().Replace(layer, " ");

    private static string OnOneConnection(string layer) => Unwrapped(layer).Split("All on one connection: ")[1];

    private static int Pods(string line) => Pod().Count(line);

    private static int Total(string line) => Pod().Matches(line)
        .Sum(pod => int.Parse(pod.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"reviews-v\d-\d+ (?<count>\d+)")]
    private static partial Regex Pod();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
