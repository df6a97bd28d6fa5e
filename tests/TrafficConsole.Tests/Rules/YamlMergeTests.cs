using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.TrafficConsole.Rules;

public sealed class YamlMergeTests
{
    private const string Own = """
        # Who gets which reviews.
        kind: VirtualService   # Istio's
        apiVersion: networking.istio.io/v1
        metadata:
            name: reviews
        spec:
            hosts: [reviews]

            http:
            # Testers first.
            - match: [{headers: {end-user: {exact: jason}}}]
              route:
              - destination: {host: reviews, subset: v2}
            - timeout: 3s # not more
              route:
                  # The old one.
                  - destination:
                      host: reviews
                      subset: v1
                    weight: 90 # nine in ten
                  - destination: {host: reviews, subset: v3}
                    weight: 10

        """;

    [Fact]
    public void Changed_OtherWeights_ChangesTheNumbersOnly() => Assert.Equal(
        Own.Replace("90 #", "75 #", StringComparison.Ordinal).Replace("weight: 10", "weight: 25", StringComparison.Ordinal),
        Changed(rule => WithShares(rule, ("v1", 75), ("v3", 25))));

    [Fact]
    public void Changed_AnotherRelease_StandsBehindTheOthers()
    {
        var text = Changed(rule => WithShares(rule, ("v1", 50), ("v3", 25), ("v2", 25)));

        Assert.StartsWith(Own[..Own.IndexOf("90 #", StringComparison.Ordinal)], text, StringComparison.Ordinal);
        Assert.EndsWith("        subset: v2\n            weight: 25\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_OneReleaseLess_TakesItsLinesOut()
    {
        var text = Changed(rule => WithShares(rule, ("v1", 100)));

        Assert.Contains("# nine in ten", text, StringComparison.Ordinal);
        Assert.DoesNotContain("v3", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_AFieldMoreAndAgainLess_IsTheTextOfBefore()
    {
        var retries = new HttpRetry { Attempts = 2, RetryOn = "5xx" };
        var more = Changed(rule => WithRetries(rule, retries));
        Assert.Contains("# Testers first.", more, StringComparison.Ordinal);
        Assert.Contains("attempts: 2", more, StringComparison.Ordinal);

        Assert.Equal(Own, Changed(rule => WithRetries(rule, null), more));
    }

    [Theory]
    [InlineData("{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: reviews}, spec: {hosts: [reviews], http: ["
        + "{match: [{method: {exact: GET}}], route: [{destination: {host: reviews, subset: v2}}]}, "
        + "{route: [{destination: {host: reviews, subset: v1}}]}]}}")]
    [InlineData("kind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: {name: reviews}\nspec: {hosts: [reviews], http: ["
        + "{match: [{method: {exact: GET}}], route: [{destination: {host: reviews, subset: v2}}]},\n "
        + "{route: [{destination: {host: reviews, subset: v1}}]}]}\n")]
    public void Changed_FlowStyle_MeansTheChange(string own)
    {
        var set = Read(Changed(rule => WithShares(rule, ("v1", 60), ("v2", 40)), own));

        Assert.Equal([60, 40], set.Http[1].Route.Select(one => one.Weight));
        Assert.Equal("GET", set.Http[0].Match[0].Method!.Exact);
    }

    [Fact]
    public void Changed_NewRule_IsWritten()
    {
        var rule = Read(Own);
        Assert.Equal(RuleWriter.Write(rule),
            RuleTexts.Changed("change.yaml", RuleSet.Empty, RuleSet.Empty with { VirtualServices = [rule] }, "default").Text);
    }

    [Fact]
    public void Changed_AnyRuleOfTheDemoToAnyOther_MeansTheOther()
    {
        string[] odd =
        [
            Own, "---\n" + Own + "...\n", Own.Replace("\n", "\r\n", StringComparison.Ordinal), $"# above\n\n{Own}\n# below\n",
            Own.Replace("spec:\n", "spec:\n# a comment\n\n    # and another\n", StringComparison.Ordinal),
            Own.Replace("- timeout: 3s # not more", "-\n      timeout: 3s", StringComparison.Ordinal),
            Own.Replace("name: reviews", "\"name\": >-\n      reviews", StringComparison.Ordinal),
            Own.Replace("- destination:\n", "- # the destination\n                  destination:\n", StringComparison.Ordinal),
        ];
        var rules = Directory.GetFiles(Repository.PathOf("infra", "rules"), "*.yaml").Select(File.ReadAllText).Concat(odd)
            .SelectMany(text => RuleReader.Read(new RuleSource("own.yaml", text)).Rules.Resources).ToList();
        Assert.True(rules.OfType<VirtualService>().Count() > 12);

        foreach (var (from, to) in from one in rules from other in rules where one.Kind == other.Kind select (one, other))
        {
            var target = to switch
            {
                VirtualService rule => (Resource)(rule with { Metadata = from.Metadata }),
                DestinationRule rule => rule with { Metadata = from.Metadata },
                _ => to,
            };
            var text = RuleTexts.Changed("change.yaml", Set(from), Set(target), "default").Text;
            Assert.Equal(target, Assert.Single(RuleReader.Read(new RuleSource("change.yaml", text)).Rules.Resources));
        }
    }

    private static RuleSet Set(Resource rule) => RuleSet.Empty with
    {
        VirtualServices = [.. new[] { rule }.OfType<VirtualService>()],
        DestinationRules = [.. new[] { rule }.OfType<DestinationRule>()],
        Gateways = [.. new[] { rule }.OfType<Gateway>()],
    };

    private static string Changed(Func<VirtualService, VirtualService> change, string own = Own)
    {
        var rule = Read(own);
        var changed = RuleTexts.Changed("change.yaml", RuleSet.Empty with { VirtualServices = [rule] },
            RuleSet.Empty with { VirtualServices = [change(rule)] }, "default").Text;
        Assert.Equal(change(rule), Read(changed));
        return changed;
    }

    private static VirtualService WithRetries(VirtualService rule, HttpRetry? retries) =>
        rule with { Http = [rule.Http[0], rule.Http[1] with { Retries = retries }] };

    private static VirtualService WithShares(VirtualService rule, params (string Subset, int Weight)[] shares) => rule with
    {
        Http =
        [
            rule.Http[0],
            rule.Http[1] with
            {
                Route = [.. shares.Select(share => new HttpRouteDestination
                {
                    Destination = new Destination { Host = "reviews", Subset = share.Subset },
                    Weight = share.Weight,
                })],
            },
        ],
    };

    private static VirtualService Read(string text)
    {
        var reading = RuleReader.Read(new RuleSource("own.yaml", text));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        return reading.Rules.VirtualServices.Single();
    }
}
