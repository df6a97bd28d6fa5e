using Bookinfo.Mesh.Lab.Layers;

namespace Bookinfo.Tests.Lab.Layers;

public sealed class LayersReportTests
{
    [Fact]
    public void Write_ALayer_IsItsAddressWhoAnsweredAndWhy()
    {
        var layer = new Layer("Ingress", new Uri("http://127.0.0.1:8080/reviews/0"), string.Join(' ', Enumerable.Repeat("why", 40)))
        {
            Host = "layers.example.com",
        };

        var lines = LayersReport.Write(new LayerResult(layer,
            new Dictionary<string, int> { ["reviews-v1-1"] = 12, ["reviews-v2-1"] = 8 },
            new Dictionary<string, int> { ["reviews-v1-1"] = 20 })).SelectMany(text => text.Split(Environment.NewLine)).ToList();

        Assert.Equal(
            [
                "",
                "Ingress    http://127.0.0.1:8080/reviews/0  (Host: layers.example.com)",
                "           reviews-v1-1 12, reviews-v2-1 8",
                "           All on one connection: reviews-v1-1 20",
            ],
            lines[..4]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.All(lines[4..], line => Assert.StartsWith("           why", line, StringComparison.Ordinal));
    }
}
