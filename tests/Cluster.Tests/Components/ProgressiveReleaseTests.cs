using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Bookinfo.Tests.Cluster.Components;

[Collection(nameof(OneAfterAnother))]
public sealed class ProgressiveReleaseTests
{
    private static readonly string[] Config = ["mesh:kind=istio", "delivery:reviews=v3", "delivery:steps=5,40", "delivery:pause=90s"];

    [Fact]
    public async Task Rollout_TakesThePlaceOfTheDeployments()
    {
        var stack = await Observation.OfAsync(Config);
        Assert.DoesNotContain(stack.OfKind("Deployment"), one => one.ManifestName.StartsWith("reviews", StringComparison.Ordinal));
        var template = stack.Manifest("Rollout", "reviews").Tree["spec"]["template"];
        Assert.Equal("v3", template["metadata"]["labels"]["version"].Text);
        // A selector cannot be changed: it must fit the pods of every release.
        Assert.DoesNotContain("version", stack.Manifest("Rollout", "reviews").Tree["spec"]["selector"]["matchLabels"].Fields.Keys);
    }

    [Fact]
    public async Task Rollout_Routing_NamesWhatIsThere()
    {
        var stack = await Observation.OfAsync(Config);
        var istio = stack.Manifest("Rollout", "reviews").Tree["spec"]["strategy"]["canary"]["trafficRouting"]["istio"];
        var route = Assert.Single(stack.Manifest("VirtualService", istio["virtualService"]["name"].Text).Tree["spec"]["http"].Items,
            one => one["name"].Text == istio["virtualService"]["routes"][0].Text);
        var subsets = stack.Manifest("DestinationRule",
            istio["destinationRule"]["name"].Text).Tree["spec"]["subsets"].Items.Select(subset => subset["name"].Text);
        Assert.Equal([istio["destinationRule"]["stableSubsetName"], istio["destinationRule"]["canarySubsetName"]],
            route["route"].Items.Select(one => one["destination"]["subset"]));
        Assert.Equal([100, 0], route["route"].Items.Select(one => one["weight"].Exists ? one["weight"].Number : 0));
        Assert.Equal(route["route"].Items.Select(one => one["destination"]["subset"].Text).Order(), subsets.Order());
    }

    [Fact]
    public async Task Rollout_Analysis_MeasuresTheReleaseThatComes()
    {
        var stack = await Observation.OfAsync(Config);
        var canary = stack.Manifest("Rollout", "reviews").Tree["spec"]["strategy"]["canary"];
        var template = stack.Manifest("AnalysisTemplate", canary["analysis"]["templates"][0]["templateName"].Text);
        var given = canary["analysis"]["args"].Items.ToDictionary(
            argument => argument["name"].Text, argument => argument["valueFrom"]["fieldRef"]["fieldPath"].Text);
        Assert.Equal(template.Tree["spec"]["args"].Items.Select(argument => argument["name"].Text).Order(), given.Keys.Order());
        var query = template.Tree["spec"]["metrics"][0]["provider"]["prometheus"]["query"].Text;
        Assert.All(given.Keys, name => Assert.Contains($"{{{{args.{name}}}}}", query, StringComparison.Ordinal));
        Assert.Equal("metadata.labels['version']", given["version"]);
        Assert.Equal("v3", stack.Manifest("Rollout", "reviews").Tree["metadata"]["labels"]["version"].Text);
        Assert.Equal(query.Count(letter => letter == '{'), query.Count(letter => letter == '}'));
    }

    [Fact]
    public async Task Rollout_WithDefaults_IsTheFileThatTheLabRuns()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "delivery:reviews=v3");
        var documents = RolloutFile("reviews.yaml");

        AssertSame(documents[0]["spec"]["strategy"], stack.Manifest("Rollout", "reviews").Tree["spec"]["strategy"], "strategy");
        AssertSame(documents[1]["spec"], stack.Manifest("AnalysisTemplate", "reviews-success").Tree["spec"], "spec");
    }

    [Fact]
    public async Task Rollout_Steps_RiseAndWait() =>
        Assert.Equal(
            ["setWeight 5", "pause 90s", "setWeight 40", "pause 90s"],
            (await Observation.OfAsync(Config)).Manifest("Rollout", "reviews").Tree["spec"]["strategy"]["canary"]["steps"].Items
                .Select(step => step["setWeight"].Exists ? $"setWeight {step["setWeight"].Text}"
                    : $"pause {step["pause"]["duration"].Text}"));

    [Fact]
    public async Task Pulumi_LeavesToTheController_WhatTheControllerWrites()
    {
        var stack = await Observation.OfAsync(Config);
        Assert.Equal(["spec.http"], stack.Manifest("VirtualService", "reviews-delivery").IgnoreChanges);
        Assert.Equal(["spec.subsets"], stack.Manifest("DestinationRule", "reviews-delivery").IgnoreChanges);
        Assert.Empty(stack.Manifest("VirtualService", "ratings").IgnoreChanges);
        Assert.Empty(stack.Manifest("DestinationRule", "ratings").IgnoreChanges);
    }

    private static List<Tree> RolloutFile(string name)
    {
        var parser = new Parser(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "infra", "rules", "rollouts", name))));
        parser.Consume<StreamStart>();
        var reader = new DeserializerBuilder().Build();
        List<Tree> documents = [];
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(new Tree(reader.Deserialize(parser)));
        }

        return documents;
    }

    private static void AssertSame(Tree expected, Tree actual, string path)
    {
        if (expected.Fields.Count > 0)
        {
            Assert.Equal(expected.Fields.Keys.Order(StringComparer.Ordinal), actual.Fields.Keys.Order(StringComparer.Ordinal));
            Assert.All(expected.Fields, field => AssertSame(field.Value, actual[field.Key], $"{path}.{field.Key}"));
        }
        else if (expected.Items.Count > 0)
        {
            Assert.Equal(expected.Items.Count, actual.Items.Count);
            Assert.All(expected.Items, (item, at) => AssertSame(item, actual[at], $"{path}[{at}]"));
        }
        else
        {
            Assert.Equal((path, expected.Text), (path, actual.Text));
        }
    }
}
