using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Istio.Writing;

public sealed class RuleWriterTests
{
    [Fact]
    public void Write_AnyRules_ReadTheSame() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var rules = new RandomRules(seed).Make();
            var text = RuleWriter.Write(rules);
            var again = RuleReader.Read("default", [new RuleSource("again.yaml", text)], GatewayApiChannel.Experimental).Rules;
            if (!rules.Equals(again))
            {
                Assert.Equal(text, RuleWriter.Write(again));
                Assert.Fail($"the text is the same and the rules are not:\n{text}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Write_NoRules_IsEmpty() => Assert.Equal("", RuleWriter.Write(RuleSet.Empty));

    [Fact]
    public void Write_RulesOfEachKind_LooksAsIstiosSamplesDo()
    {
        const string Text = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata:
              name: bookinfo-gateway
            spec:
              selector:
                istio: ingressgateway
              servers:
              - port:
                  number: 8080
                  name: http
                  protocol: HTTP
                hosts:
                - "*"
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: ratings
            spec:
              hosts:
              - ratings
              http:
              - match:
                - headers:
                    end-user:
                      exact: jason
                fault:
                  delay:
                    percentage:
                      value: 100
                    fixedDelay: 7s
                route:
                - destination:
                    host: ratings
                    subset: v1
                  weight: 90
                - destination:
                    host: ratings
                    subset: v2
                  weight: 10
              - match:
                - {}
                route:
                - destination:
                    host: ratings
                    port:
                      number: 9080
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: ratings
              namespace: prod
            spec:
              host: ratings
              trafficPolicy:
                loadBalancer:
                  simple: RANDOM
              subsets:
              - name: v1
                labels:
                  version: "1.0"
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata:
              name: books
            spec:
              hosts:
              - books.example.com
              ports:
              - number: 80
                name: http
                protocol: HTTP
              location: MESH_EXTERNAL
              resolution: DNS

            """;
        var reading = Rules.Read(Text);
        Assert.Empty(reading.Problems);
        Assert.Equal(Text, RuleWriter.Write(reading.Rules));
    }

    [Fact]
    public void Write_RulesReadFromOtherSpelling_ComeOutAlike()
    {
        var flow = Rules.Read("""{"apiVersion": "networking.istio.io/v1beta1", "kind": "DestinationRule", "metadata": {"name":"""
            + """ "reviews"}, "spec": {"host": "reviews"}}""");
        Assert.Equal(Rules.Resource("DestinationRule", "reviews", "host: reviews"), RuleWriter.Write(flow.Rules));
    }

    [Fact]
    public void Spec_ValuesOfEachType_AreNotTexts()
    {
        var rule = Assert.Single(Rules.Read(Rules.Resource("DestinationRule", "reviews", """
            host: reviews
            trafficPolicy:
              loadBalancer:
                consistentHash:
                  useSourceIp: true
                  ringHash:
                    minimumRingSize: 2048
              outlierDetection:
                interval: 10s
                outlierDetectionHttpErrorCodes:
                - 503
              tls:
                mode: DISABLE
            subsets:
            - name: v1
              labels:
                version: "1"
            """)).Rules.DestinationRules);

        var spec = RuleWriter.Spec(rule);

        Assert.Equal(["host", "trafficPolicy", "subsets"], spec.Keys);
        Assert.Equal("reviews", spec["host"]);
        Assert.Equal(true, At(spec, "trafficPolicy", "loadBalancer", "consistentHash", "useSourceIp"));
        Assert.Equal(2048, At(spec, "trafficPolicy", "loadBalancer", "consistentHash", "ringHash", "minimumRingSize"));
        Assert.Equal("10s", At(spec, "trafficPolicy", "outlierDetection", "interval"));
        Assert.Equal(new object[] { 503 }, At(spec, "trafficPolicy", "outlierDetection", "outlierDetectionHttpErrorCodes"));
        Assert.Equal("DISABLE", At(spec, "trafficPolicy", "tls", "mode"));
        var subset = Assert.IsType<Dictionary<string, object>>(Assert.Single(Assert.IsType<object[]>(spec["subsets"])));
        Assert.Equal("1", At(subset, "labels", "version"));
    }

    [Fact]
    public void Spec_ASharePerCent_IsWholeWhereItIsAndElseNot()
    {
        var rule = Assert.Single(Rules.Read(Rules.Resource("VirtualService", "ratings", """
            hosts: [ratings]
            http:
            - fault:
                delay: {percentage: {value: 0.5}, fixedDelay: 7s}
                abort: {percentage: {value: 100}, httpStatus: 500}
              route: [{destination: {host: ratings}}]
            """)).Rules.VirtualServices);

        var route = (Dictionary<string, object>)Assert.Single((object[])RuleWriter.Spec(rule)["http"]);

        Assert.Equal(0.5, At(route, "fault", "delay", "percentage", "value"));
        Assert.Equal(100, At(route, "fault", "abort", "percentage", "value"));
    }

    private static object At(Dictionary<string, object> fields, params string[] path) =>
        path.Aggregate((object)fields, (value, name) => ((Dictionary<string, object>)value)[name]);
}
