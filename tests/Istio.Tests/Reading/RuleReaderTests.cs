using Bookinfo.Mesh.Istio;

namespace Bookinfo.Tests.Istio.Reading;

public sealed class RuleReaderTests
{
    [Fact]
    public void Read_NegativeWeight_NamesFileLineColumnPathAndRemedy()
    {
        var reading = RuleReader.Read(new RuleSource("reviews.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
            spec:
              hosts:
              - reviews
              http:
              - route:
                - destination:
                    host: reviews
                    subset: v1
                  weight: -5
                - destination:
                    host: reviews
                    subset: v3
                  weight: 105
            """));

        var problem = Assert.Single(reading.Problems);
        Assert.Equal("reviews.yaml:13:15: VirtualService/reviews spec.http[0].route[0].weight: weights must not be negative, -5 given (use 0 or more)", problem.ToString());
        Assert.Equal((Severity.Error, 13, 15, "VirtualService/reviews spec.http[0].route[0].weight"), (problem.Severity, problem.Line, problem.Column, problem.Path));
    }

    [Theory]
    [InlineData("networking.istio.io/v1")]
    [InlineData("networking.istio.io/v1beta1")]
    [InlineData("networking.istio.io/v1alpha3")]
    public void Read_EachVersion_MeansTheSame(string version)
    {
        var text = Rules.Route("timeout: 5s");
        var reading = Rules.Read(text.Replace("networking.istio.io/v1", version, StringComparison.Ordinal));
        Assert.Empty(reading.Problems);
        Assert.Equal(Rules.Read(text).Rules, reading.Rules);
    }

    [Theory]
    [InlineData("")]
    [InlineData("---\n---\n")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("\uFEFF---\n")]
    public void Read_NothingInTheText_IsNoRules(string text)
    {
        var reading = Rules.Read(text);
        Assert.Empty(reading.Problems);
        Assert.Equal(RuleSet.Empty, reading.Rules);
    }

    [Fact]
    public void Read_SeveralDocuments_KeepsTheirOrderWithinAKind()
    {
        var reading = Rules.Read($"---\n{Rules.Resource("VirtualService", "b", "hosts: [b]\nhttp: [{directResponse: {status: 200}}]")}---\n"
            + $"{Rules.Policy("loadBalancer: {simple: RANDOM}")}---\n{Rules.Resource("VirtualService", "a", "hosts: [a]\nhttp: [{directResponse: {status: 200}}]")}---\n");
        Assert.Empty(reading.Problems);
        Assert.Equal(["b", "a"], reading.Rules.VirtualServices.Select(each => each.Name));
        Assert.Single(reading.Rules.DestinationRules);
    }

    [Fact]
    public void Read_ResourceTwice_CountsAsTheLastAndNamesBothPlaces()
    {
        var reading = RuleReader.Read(
            new RuleSource("a.yaml", Rules.Route("timeout: 1s")), new RuleSource("b.yaml", Rules.Route("timeout: 2s")));
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(reading.Rules.VirtualServices).Http[0].Timeout);
        var note = Assert.Single(reading.Problems);
        Assert.Equal((Severity.Note, "b.yaml", 4), (note.Severity, note.File, note.Line));
        Assert.Contains("a.yaml:1:1", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameNameInAnotherNamespace_IsAnotherResource()
    {
        var reading = Rules.Read(Rules.Route("timeout: 1s") + "---\n" + Rules.Route("timeout: 2s").Replace("name: reviews", "name: reviews\n  namespace: prod", StringComparison.Ordinal));
        Assert.Empty(reading.Problems);
        Assert.Equal(["default", "prod"], reading.Rules.VirtualServices.Select(each => each.Namespace));
    }

    [Fact]
    public void Read_NamespaceDefaultAndNone_AreTheSame()
    {
        var reading = Rules.Read(Rules.Route("timeout: 1s") + "---\n" + Rules.Route("timeout: 2s").Replace("name: reviews", "name: reviews\n  namespace: default", StringComparison.Ordinal));
        Assert.Single(reading.Rules.VirtualServices);
    }

    [Fact]
    public void Read_ListOfKubectl_ReadsItsItems()
    {
        var reading = Rules.Read("""
            apiVersion: v1
            kind: List
            items:
            - apiVersion: networking.istio.io/v1
              kind: DestinationRule
              metadata:
                name: reviews
                uid: 4711
                resourceVersion: "12"
                creationTimestamp: 2026-08-01T10:00:00Z
                managedFields: [{manager: kubectl}]
              spec: {host: reviews}
              status: {}
            """);
        Assert.Empty(reading.Problems);
        Assert.Equal("reviews", Assert.Single(reading.Rules.DestinationRules).Host);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Service", "Error 1:13: apiVersion: Service of v1 is no rule the mesh reads (the mesh reads VirtualService, DestinationRule, Gateway and ServiceEntry of networking.istio.io/v1)")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway", "Error 1:13: apiVersion: Gateway of gateway.networking.k8s.io/v1 is no rule the mesh reads (the mesh reads VirtualService, DestinationRule, Gateway and ServiceEntry of networking.istio.io/v1)")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: VirtualServce", "Error 2:7: kind: VirtualServce is no rule the mesh reads (did you mean VirtualService?)")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Sidecar", "Error 2:7: kind: Sidecar is no rule the mesh reads (the mesh reads VirtualService, DestinationRule, Gateway and ServiceEntry of networking.istio.io/v1)")]
    [InlineData("apiVersion: networking.istio.io/v2\nkind: Gateway", "Error 1:13: apiVersion: networking.istio.io/v2 is no version of Gateway (use networking.istio.io/v1, networking.istio.io/v1beta1 or networking.istio.io/v1alpha3)")]
    [InlineData("kind: Gateway", "Error 1:1: apiVersion: apiVersion is missing (write apiVersion: networking.istio.io/v1)")]
    [InlineData("apiVersion: networking.istio.io/v1\nKind: Gateway", "Error 1:1: kind: kind is missing (did you mean kind instead of Kind?)")]
    [InlineData("- a\n- b", "Error 1:1: a rule is a mapping with apiVersion, kind, metadata and spec, a list given")]
    [InlineData("reviews", "Error 1:1: a rule is a mapping with apiVersion, kind, metadata and spec, the text \"reviews\" given")]
    public void Read_NoRule_SaysWhatTheMeshReads(string text, string expected) => Assert.Equal(expected, Rules.Said(Rules.Read(text).Problems));

    [Fact]
    public void Read_MissingSpecOrName_SaysSo()
    {
        var said = Rules.Said(Rules.Read("apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {}").Problems);
        Assert.Contains("Gateway metadata.name: a name is required", said, StringComparison.Ordinal);
        Assert.Contains("Gateway spec: a Gateway has a spec", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneBrokenSource_StillReadsTheOthers()
    {
        var reading = RuleReader.Read(new RuleSource("broken.yaml", "a: [b"), new RuleSource("good.yaml", Rules.Route("timeout: 1s")));
        Assert.True(reading.HasErrors);
        Assert.All(reading.Problems, problem => Assert.Equal("broken.yaml", problem.File));
        Assert.Single(reading.Rules.VirtualServices);
    }

    [Fact]
    public void Read_MetadataLabelsAndAnnotations_AreKept()
    {
        var metadata = Assert.Single(Rules.Read(Rules.Route("timeout: 1s").Replace(
            "name: reviews\n", "name: reviews\n  labels: {team: books}\n  annotations: {note: \"a b\"}\n", StringComparison.Ordinal)).Rules.VirtualServices).Metadata;
        Assert.Equal("books", metadata.Labels["team"]);
        Assert.Equal("a b", metadata.Annotations["note"]);
    }

    [Fact]
    public void Read_ResourceWithThousandsOfMistakes_SaysAHundredOfThem()
    {
        var fields = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"field{i}: 1"));
        Assert.Equal(100, Rules.Read(Rules.Route(fields)).Problems.Count);
    }
}
