using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

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
        Assert.Equal(
            "reviews.yaml:13:15: VirtualService/reviews spec.http[0].route[0].weight: weights must not be negative, -5 given (use "
                + "0 or more)", problem.ToString());
        Assert.Equal((Severity.Error, 13, 15, "VirtualService/reviews spec.http[0].route[0].weight"),
            (problem.Severity, problem.Line, problem.Column, problem.Path));
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
        var reading = Rules.Read(Rules.Route("timeout: 1s") + "---\n" + Rules.Route("timeout: 2s")
            .Replace("name: reviews", "name: reviews\n  namespace: prod", StringComparison.Ordinal));
        Assert.Empty(reading.Problems);
        Assert.Equal(["default", "prod"], reading.Rules.VirtualServices.Select(each => each.Namespace));
    }

    [Fact]
    public void Read_NamespaceDefaultAndNone_AreTheSame()
    {
        var reading = Rules.Read(Rules.Route("timeout: 1s") + "---\n" + Rules.Route("timeout: 2s")
            .Replace("name: reviews", "name: reviews\n  namespace: default", StringComparison.Ordinal));
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
    [InlineData("apiVersion: v1\nkind: Gateway", "Error 1:13: apiVersion: v1 has no Gateway (write networking.istio.io/v1)")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: VirtualServce",
        "Error 2:7: kind: Istio has no kind VirtualServce (did you mean VirtualService?)")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: TrafficRule",
        "Error 2:7: kind: Istio has no kind TrafficRule (the mesh reads VirtualService, DestinationRule, Gateway and ServiceEntry of "
            + "networking.istio.io/v1)")]
    [InlineData("apiVersion: networking.istio.io/v2\nkind: Gateway",
        "Error 1:13: apiVersion: networking.istio.io/v2 is not a version of Gateway (use networking.istio.io/v1, "
            + "networking.istio.io/v1beta1 or networking.istio.io/v1alpha3)")]
    [InlineData("kind: Gateway", "Error 1:1: apiVersion: apiVersion is missing (write apiVersion: networking.istio.io/v1)")]
    [InlineData("apiVersion: networking.istio.io/v1\nKind: Gateway",
        "Error 1:1: kind: kind is missing (did you mean kind instead of Kind?)")]
    [InlineData("- a\n- b", "Error 1:1: a rule is a mapping with apiVersion, kind, metadata and spec, a list given")]
    [InlineData("reviews", "Error 1:1: a rule is a mapping with apiVersion, kind, metadata and spec, the text \"reviews\" given")]
    public void Read_NoRule_SaysWhatTheMeshReads(string text, string expected) =>
        Assert.Equal(expected, Rules.Said(Rules.Read(text).Problems));

    [Theory]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: {name: a}", "1 resource is not a rule and is passed over: 1 Service")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Sidecar", "1 resource of Istio is passed over: 1 Sidecar")]
    [InlineData("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy", "1 resource of Istio is passed over: 1 AuthorizationPolicy")]
    [InlineData("resources: [a.yaml]\nnamespace: prod", "1 resource is not a rule and is passed over: 1 text without a kind")]
    [InlineData("apiVersion: v2\nname: chart\nversion: 1.0.0", "1 resource is not a rule and is passed over: 1 text without a kind")]
    [InlineData("kind: Kustomization\nresources: []", "1 resource is not a rule and is passed over: 1 Kustomization")]
    [InlineData("{\n\t\"name\": \"package\"\n}", "1 resource is not a rule and is passed over: 1 text without a kind")]
    public void Read_OtherResource_IsPassedOverWithANote(string text, string message)
    {
        var problem = Assert.Single(Rules.Read(text).Problems);
        Assert.Equal((Severity.Note, message, "MESH0004"), (problem.Severity, problem.Message, problem.Type.Code));
    }

    [Fact]
    public void Read_OtherResources_AreCountedInOneNote()
    {
        var service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\n";
        var reading = RuleReader.Read(
            new RuleSource("a.yaml", service + service),
                new RuleSource("b.yaml", "apiVersion: apps/v1\nkind: Deployment\n---\n" + Rules.Route("timeout: 1s")));
        Assert.Equal("3 resources are not rules and are passed over: 1 Deployment and 2 Service", Assert.Single(reading.Problems).Message);
        Assert.Single(reading.Rules.VirtualServices);
    }

    [Fact]
    public void Read_KubernetesObjects_TellsHostsPortsAndLabels()
    {
        var objects = RuleReader.Read("prod", [new RuleSource("all.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: orders, annotations: {networking.istio.io/exportTo: ".,staging"}}
            spec: {ports: [{port: 80, targetPort: 8080}], selector: {app: orders}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: orders-v1, namespace: shop}
            spec: {template: {metadata: {labels: {app: orders, version: v1}}}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """)]).Objects;
        var service = Assert.Single(objects.Services);
        Assert.Equal(("prod", "orders", new KubernetesServicePort(80, 8080, "TCP")),
            (service.Namespace, service.Name, Assert.Single(service.Ports)));
        Assert.Equal([".", "staging"], service.ExportTo);
        var workload = Assert.Single(objects.Workloads);
        Assert.Equal(("shop", "v1"), (workload.Namespace, workload.Labels["version"]));
        Assert.Equal(["shop"], objects.Namespaces);
    }

    [Theory]
    [InlineData("hosts: [{{ .Values.host }}]",
        "\"{{ .Values.host }}\": this is a Helm or Go template, not yet a rule (render it first: helm template ... | check -)")]
    [InlineData("{{- if .Values.enabled }}\nhosts: [a]\n{{- end }}",
        "\"{{- if .Values.enabled }}\": this is a Helm or Go template, not yet a rule (render it first: helm template ... | check -)")]
    [InlineData("hosts: [\"${HOST}\"]",
        "\"${HOST}\" stands for a value that something has to put in first (render it first: envsubst < FILE | check -, or kustomize build "
            + "... | check -)")]
    [InlineData("hosts: [HOST_PLACEHOLDER]",
        "\"HOST_PLACEHOLDER\" stands for a value that something has to put in first (render it first: put the value in its place)")]
    [InlineData("hosts: [REPLACE_ME]",
        "\"REPLACE_ME\" stands for a value that something has to put in first (render it first: put the value in its place)")]
    [InlineData("hosts: [OAUTH2_PROXY_SERVICE.OAUTH2_PROXY_NAMESPACE.svc.cluster.local]",
        "\"OAUTH2_PROXY_SERVICE\" stands for a value that something has to put in first (render it first: put the value in its place)")]
    [InlineData("hosts: [ui.$(kfp-namespace).svc]",
        "\"$(kfp-namespace)\" stands for a value that something has to put in first (render it first: envsubst < FILE | check -, or kustomize build ... | check -)")]
    public void Read_Template_IsRecognizedOnce(string spec, string message)
    {
        var text = Rules.VirtualService($"{spec}\nhttp: [{{route: [{{destination: {{host: reviews}}}}]}}]");
        var problem = Assert.Single(Rules.Read(text).Problems);
        Assert.Equal($"rules.yaml:6:{problem.Column}: {message}", problem.ToString());
        Assert.Equal("MESH0003", problem.Type.Code);
    }

    [Fact]
    public void Read_DocumentThatCannotBeRead_LeavesTheOthers()
    {
        var reading = Rules.Read(
            $"{Rules.Route("timeout: 1s")}---\nkind: VirtualService\na: [b\n---\n{Rules.Policy("loadBalancer: {simple: RANDOM}")}");
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((Severity.Error, "MESH0001"), (problem.Severity, problem.Type.Code));
        Assert.InRange(problem.Line, 11, 14);
        Assert.Single(reading.Rules.VirtualServices);
        Assert.Single(reading.Rules.DestinationRules);
    }

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
        var reading = RuleReader.Read(new RuleSource("broken.yaml", "kind: VirtualService\na: [b"),
            new RuleSource("good.yaml", Rules.Route("timeout: 1s")));
        Assert.True(reading.HasErrors);
        Assert.All(reading.Problems, problem => Assert.Equal("broken.yaml", problem.File));
        Assert.Single(reading.Rules.VirtualServices);
    }

    [Fact]
    public void Read_MetadataLabelsAndAnnotations_AreKept()
    {
        var metadata = Assert.Single(Rules.Read(Rules.Route("timeout: 1s").Replace(
            "name: reviews\n", "name: reviews\n  labels: {team: books}\n  annotations: {note: \"a b\"}\n",
                StringComparison.Ordinal)).Rules.VirtualServices).Metadata;
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
