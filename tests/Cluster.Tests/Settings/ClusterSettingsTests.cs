using Bookinfo.Cluster;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Settings;

public sealed class ClusterSettingsTests
{
    public static TheoryData<string, string> WrongValues => new()
    {
        { "exposure:kinds=nodport",
            "exposure:kinds has \"nodport\", which is none of nodeport, loadbalancer, ingress, gateway-api, istio (did you mean "
                + "nodeport?)" },
        { "exposure:nodePort=8080", "exposure:nodePort is \"8080\": write a whole number from 30000 to 32767" },
        { "exposure:kinds=istio", "exposure:kinds has istio, which needs mesh:kind istio" },
        { "exposure:host=https://bookinfo.example.com",
            "exposure:host is \"https://bookinfo.example.com\": write a host name in lower case without scheme" },
        { "exposure:kinds=loadbalancer exposure:sourceRanges=10.0.0.1/8", "exposure:sourceRanges has \"10.0.0.1/8\": write CIDR blocks" },
        { "exposure:kinds=loadbalancer exposure:internal=true", "exposure:internal needs exposure:cloud" },
        { "exposure:kinds=loadbalancer exposure:certificate=arn:aws:acm:eu-central-1:111122223333:certificate/1",
            "exposure:certificate needs exposure:cloud aws, oracle or openstack" },
        { "exposure:kinds=loadbalancer exposure:accessLogs=bucket", "exposure:accessLogs names a bucket" },
        { "exposure:internal=true exposure:cloud=aws", "exposure:internal is for load balancers, and exposure:kinds has none" },
        { "exposure:sourceRanges=10.0.0.0/8 exposure:kinds=loadbalancer,nodeport", "a node port is open to all who reach a node" },
        { "exposure:sourceRanges=10.0.0.0/8 exposure:kinds=loadbalancer,ingress",
            "which exposure:ingressAnnotations must tell in its own words" },
        { "exposure:sourceRanges=10.0.0.0/8 exposure:kinds=gateway-api exposure:gatewayClass=cilium", "only Istio's controller" },
        { "exposure:internal=true exposure:cloud=aws exposure:kinds=loadbalancer,istio mesh:kind=istio",
            "Istio's gateway is somebody else's (mesh:install false)" },
        { "exposure:internal=true exposure:cloud=gcp exposure:kinds=gateway-api exposure:gatewayClass=gke-l7-global-external-managed",
            "set exposure:gatewayClass gke-l7-rilb" },
        { "exposure:accessLogs=bucket exposure:cloud=aws", "exposure:kinds has no loadbalancer" },
        { "exposure:cloud=ibm", "exposure:cloud is \"ibm\", which is none of none, aws, azure, gcp, oracle, openstack" },
        { "exposure:clusterIssuer=letsencrypt", "exposure:host must say for which name" },
        { "mesh:kind=isto", "mesh:kind is \"isto\", which is none of none, istio, linkerd (did you mean istio?)" },
        { "mesh:install=true", "mesh:install is true, but Istio is the only mesh that this program installs" },
        { "mesh:rules=reviews-v3.yaml", "mesh:rules names Istio's rules, so it needs mesh:kind istio" },
        { "mesh:version=latest", "mesh:version is \"latest\": write the whole version" },
        { "mesh:cni=yes", "mesh:cni is \"yes\": write true or false" },
        { "canary:reviews=v1=90,v3=10", "canary:reviews needs somebody who honours weights: set mesh:kind to istio or linkerd" },
        { "mesh:kind=istio canary:reviews=v1=90,v9=10",
            "canary:reviews gives a weight to v9, which is not a deployed release of reviews: there are v1, v2, v3" },
        { "mesh:kind=istio canary:reviews=v1=0,v3=0", "canary:reviews has weights of total 0" },
        { "mesh:kind=istio canary:reviews=", "canary:reviews has weights of total 0" },
        { "mesh:kind=istio canary:reviews=v1=-10", "canary:reviews gives v1 the weight \"-10\": write a whole number from 0 to 1000000" },
        { "mesh:kind=istio canary:reviews=v1:90", "canary:reviews has \"v1:90\": write each name once as name=value" },
        { "mesh:kind=istio canary:review=v1=90", "canary:review names no deployed service" },
        { "mesh:kind=istio canary:ratings=v-faulty=10",
            "canary:ratings gives a weight to v-faulty, which is not a deployed release of ratings: there are v1, v2" },
        { "mesh:kind=istio canary:reviews=v1=1 delivery:reviews=v3", "canary:reviews and delivery:reviews cannot both be set" },
        { "delivery:reviews=v3", "delivery:reviews shifts traffic between Istio's subsets, so it needs mesh:kind istio" },
        { "mesh:kind=istio delivery:reviews=v7",
            "delivery:reviews is \"v7\", which is not a deployed release of reviews: there are v1, v2, v3" },
        { "delivery:steps=50,20", "delivery:steps has \"20\": write rising whole numbers from 1 to 99" },
        { "database:kind=none", "ratings v2 needs a database and database:kind is none" },
        { "database:kind=external", "database:secret must name a Secret" },
        { "database:storage=lots", "database:storage is \"lots\": write a size such as 512Mi or 1Gi" },
        { "releases:reviews=v4", "releases:reviews names v4, which is not a release of reviews: it has v1, v2, v3" },
        { "releases:reviews=none", "releases:reviews is none, but the others need it" },
        { "releases:rating=v1", "releases:rating names no service" },
        { "images:tag=a b", "images:tag is \"a b\": a tag is letters" },
        { "images:repository=GHCR.io/Acme", "images:repository is \"GHCR.io/Acme\": write registry and path in lower case" },
        { "images:digests=reviews=sha256:12", "images:digests has \"sha256:12\" for reviews: write sha256: and 64 hexadecimal digits" },
        { "scale:replicas=reviews=none", "scale:replicas asks for \"none\" pods of reviews" },
        { "scale:replicas=reviews=9", "more than scale:maxReplicas, which is 3" },
        { "scale:headless=reviews mesh:kind=istio", "scale:headless names reviews, but a mesh neither weighs nor secures" },
        { "policy:timeout=soon", "policy:timeout is \"soon\": write a duration of at least 1ms" },
        { "policy:perTryTimeout=1m", "policy:perTryTimeout is longer than policy:timeout (15 s)" },
        { "telemetry:kind=external", "telemetry:endpoint and telemetry:kind external belong together" },
        { "telemetry:endpoint=collector:4317", "telemetry:endpoint is \"collector:4317\": write the URL" },
        { "mesh:kind=istio mesh:install=true mesh:gatewayServiceType=NodePort mesh:gatewayNodePort=30080",
            "exposure:nodePort and mesh:gatewayNodePort are both 30080" },
        { "bookinfo:namespace=Book_Info", "bookinfo:namespace is \"Book_Info\": write the name of a namespace" },
        { "exposure:nodport=30080", "exposure:nodport is not a setting that this program reads (did you mean exposure:nodePort?)" },
        { "exposures:kinds=ingress", "exposures:kinds is not a setting that this program reads (did you mean exposure:kinds?)" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void Deploy_AWrongValue_OneSentenceBeforeAnythingIsCreated(string config, string sentence)
    {
        // There is no Pulumi deployment around this: the first resource would throw something else.
        var assignments = config.Contains("a b", StringComparison.Ordinal) ? [config] : config.Split(' ');
        var problem = Assert.Throws<SettingsException>(() => BookinfoCluster.Deploy(StackConfiguration.Of(null, assignments)));
        Assert.Contains(sentence, Assert.Single(problem.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ThreeMistakes_ThreeSentences() =>
        Assert.Equal(3, Assert.Throws<SettingsException>(() =>
            Read("exposure:nodePort=1", "mesh:kind=none!", "images:tag=")).Problems.Count);

    [Fact]
    public void Read_KeysOfOtherPrograms_AreNoneOfItsBusiness() =>
        Assert.Equal("bookinfo", Read("kubernetes:context=kind-kind", "aws:region=eu-central-1").Namespace);

    [Theory]
    [InlineData("v1=90,v3=10")]
    [InlineData(" v1 = 90 , v3 = 10 ")]
    [InlineData("""{"v1": 90, "v3": 10}""")]
    public void Read_Weights_FromTheCommandLineAndFromAStackFile(string weights) =>
        Assert.Equal([("v1", 90), ("v3", 10)],
            Read("mesh:kind=istio", $"canary:reviews={weights}").Canary.Weights["reviews"].Select(pair => (pair.Key, pair.Value)));

    [Theory]
    [InlineData("ingress,nodeport")]
    [InlineData("""["ingress", "nodeport", "ingress"]""")]
    public void Read_WaysIn_EachOnce(string kinds) =>
        Assert.Equal([ExposureKind.Ingress, ExposureKind.NodePort], Read($"exposure:kinds={kinds}").Exposure.Kinds);

    [Fact]
    public void Read_FaultReleaseAlone_IsTheOneThatRuns() =>
        Assert.Equal(["v-faulty"], Read("releases:ratings=v-faulty").System["ratings"].Releases.Select(release => release.Version));

    [Fact]
    public void Read_NobodyCallsCatalog_ItCanBeLeftOut() =>
        Assert.DoesNotContain(Read("releases:catalog=none").System.Services, service => service.Name == "catalog");

    private static ClusterSettings Read(params string[] config) =>
        ClusterSettings.Read(StackConfiguration.Of(null, config), BookinfoSystem.Topology);
}
