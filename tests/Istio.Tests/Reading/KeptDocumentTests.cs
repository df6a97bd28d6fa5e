using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>What is kept of a document, and what is made of it again.</summary>
public sealed class KeptDocumentTests
{
    [Fact]
    public void Root_NodesThatAreGone_AreReadAgainAtTheSamePlaces()
    {
        var kept = new KeptDocument("a: 1\nb: [x, y]\n", linesBefore: 7, []);

        var root = Assert.IsType<YamlMapping>(kept.Root(0));

        Assert.Equal(new Position(9, 4), root.Find("b")!.Place);
    }

    [Fact]
    public void Root_NodesThatAreThere_AreThose()
    {
        List<YamlNode> roots = [new YamlScalar(new Position(1, 1), "a", YamlScalarKind.Text)];
        var kept = new KeptDocument("a", 0, roots);

        Assert.Same(roots[0], kept.Root(0));
        GC.KeepAlive(roots);
    }

    [Fact]
    public void Find_ResourcesOfAList_HaveTheirOwnPlacesAndNoDocument()
    {
        var rules = Rules.Read(
            """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a}, spec: {hosts: [a], http: []}}
            - apiVersion: networking.istio.io/v1
              kind: VirtualService
              metadata: {name: b}
              spec:
                hosts: [b]
            """).Rules.VirtualServices;

        Assert.Equal((4, 98), Place(rules[0], "spec.hosts[0]"));
        Assert.Equal((9, 13), Place(rules[1], "spec.hosts[0]"));
        Assert.All(rules, rule => Assert.Null(rule.Source.Document));
    }

    private static (int, int) Place(VirtualService rule, string path) =>
        (rule.Source.Find(path).Line, rule.Source.Find(path).Column);
}
