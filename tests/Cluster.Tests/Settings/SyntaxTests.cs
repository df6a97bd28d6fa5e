using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Settings;

/// <summary>Every key says what is wrong with its value, in one sentence and before anything is created.</summary>
public sealed class SyntaxTests
{
    private static readonly string[] Families = ["releases", "canary", "delivery"];

    private static readonly string Long = new('a', 254);

    /// <summary>The key, the other settings that it needs, and values that are wrong. A line break at the end only looks right.</summary>
    private static readonly (string Key, string With, string[] Wrong)[] Table =
    [
        ("bookinfo:namespace", "",
            ["", "Bookinfo", "a_b", "-a", "a.b", "book\n", "default", "kube-system", "istio-system", "istio-ingress", "monitoring",
                "cert-manager", new string('a', 64)]),
        ("bookinfo:namespace", "mesh:kind=istio mesh:install=true mesh:namespace=mesh", ["mesh", "istio-system"]),
        ("images:repository", "", ["", "GHCR.io/acme", "ghcr.io/acme:1", "ghcr.io//acme", "ghcr.io/acme@sha256:1", "-a", "/a", "a b"]),
        ("images:tag", "", ["", "a b", ".a", "a/b", "1\n", new string('a', 129)]),
        ("images:digests", "", ["reviews=sha256:12", "review=x", "reviews", "reviews=sha256:" + new string('A', 64)]),
        ("images:pullPolicy", "", ["", "always", "Sometimes"]),
        ("images:pullSecret", "", ["", "My_Secret", "a..b", Long]),
        ("images:postgres", "", ["", "postgres", "Postgres:18", "postgres:", "postgres:18@sha256:1", "https://docker.io/postgres:18",
            "postgres:18 "]),
        ("images:collector", "", ["otel", "otel:", "a:b:c"]),
        ("images:dashboard", "", ["dash", "dash@sha256:", "mcr.microsoft.com:x/dash:1"]),
        ("scale:auto", "", ["", "yes", "1", "TRUE"]),
        ("scale:replicas", "", ["reviews=0", "reviews=101", "reviews=x", "reviewers=1", "reviews=1,reviews=1", "{"]),
        ("scale:maxReplicas", "", ["0", "1001", "x", "1.5", "-1", ""]),
        ("scale:cpuPercent", "", ["0", "1001", "70%"]),
        ("scale:headless", "", ["detail", "[", "details,x"]),
        ("database:kind", "", ["", "mysql", "Postgres"]),
        ("database:storage", "", ["", "1 Gi", "0", "1GB", "-1Gi", "1Gi\n", "lots"]),
        ("database:storageClass", "", ["", "Fast", "a_b", "a/b"]),
        ("database:secret", "database:kind=external", ["", "A", "a/b", Long]),
        ("database:port", "", ["0", "65536", "x"]),
        ("database:allowDataLoss", "", ["", "yes"]),
        ("exposure:kinds", "", ["nodport", "ingress,door", "["]),
        ("exposure:host", "", ["", "https://a.example.com", "a.example.com:80", "A.example.com", "a_b", "*.example.com", "10.0.0.1", "::1",
            "a..b", "a.", Long]),
        ("exposure:nodePort", "", ["80", "29999", "32768", "", "x"]),
        ("exposure:nodeHost", "", ["", "http://localhost", "a b", "[::1]", "localhost:80"]),
        ("exposure:ingressClass", "", ["", "Traefik", "a b", "a/b"]),
        ("exposure:gatewayClass", "", ["", "Istio", "a_b"]),
        ("exposure:tlsSecret", "", ["", "istio-ingress/tls", "TLS"]),
        ("exposure:clusterIssuer", "exposure:host=a.example.com exposure:tlsSecret=tls", ["", "Let's encrypt", "a/b"]),
        ("exposure:controllerNamespace", "", ["", "a.b", "A"]),
        ("exposure:ingressAnnotations", "exposure:kinds=ingress", ["a b=c", "a/b/c=d", "scheme", "-a=b", "a.example.com/=x"]),
        ("exposure:ingressAnnotations", "", ["a.example.com/b=c"]),
        ("exposure:cloud", "", ["", "AWS", "ibm"]),
        ("exposure:internal", "", ["", "yes"]),
        ("exposure:sourceRanges", "exposure:kinds=loadbalancer", ["10.0.0.1/8", "10.0.0.0", "10.0.0.0/33", "all", "fd00::1/8"]),
        ("exposure:certificate", "exposure:kinds=loadbalancer exposure:cloud=aws",
            ["", "mine", "arn:aws:s3:::bucket", "arn:aws:acm:eu-central-1:1:certificate/x"]),
        ("exposure:certificate", "exposure:kinds=loadbalancer exposure:cloud=oracle", ["", "My Secret"]),
        ("exposure:certificate", "exposure:kinds=loadbalancer exposure:cloud=openstack",
            ["", "mine", "https://barbican.example.com/v1/other/1"]),
        ("exposure:accessLogs", "exposure:kinds=loadbalancer exposure:cloud=aws",
            ["", "s3://bucket", "My-bucket", "ab", "a..b", "192.168.0.1"]),
        ("mesh:kind", "", ["", "isto", "Istio"]),
        ("mesh:install", "mesh:kind=istio", ["", "yes"]),
        ("mesh:version", "", ["", "latest", "1.31", "v1.31.1", "1.31.1\n"]),
        ("mesh:hub", "", ["", "docker.io/Istio", "https://docker.io/istio", "docker.io/istio:1.31.1", "docker.io/istio/"]),
        ("mesh:cni", "", ["", "yes"]),
        ("mesh:platform", "", ["", "eks", "GKE", "openshift"]),
        ("mesh:namespace", "", ["", "a.b", "A"]),
        ("mesh:namespace", "mesh:kind=istio mesh:install=true", ["default", "kube-system", "istio-ingress"]),
        ("mesh:gatewayNamespace", "", ["", "a.b"]),
        ("mesh:gatewayNamespace", "mesh:kind=istio mesh:install=true", ["default", "kube-public", "istio-system", "bookinfo"]),
        ("mesh:gatewayName", "", ["", "1gateway", "a.b", "Gateway"]),
        ("mesh:gatewayServiceType", "", ["", "nodeport", "ExternalName"]),
        ("mesh:gatewayNodePort", "", ["80", "32768"]),
        ("mesh:gatewayTlsNodePort", "", ["443", "x"]),
        ("mesh:trustDomain", "", ["", "Cluster.local", "spiffe://cluster.local", "a/b", new string('a', 256)]),
        ("policy:timeout", "", ["", "soon", "0s", "15", "-1s", "25h"]),
        ("policy:retries", "", ["-1", "11", "x"]),
        ("policy:perTryTimeout", "", ["x", "0ms", "16s"]),
        ("policy:retryOn", "", ["", "bogus", "5xx,bogus", "99", "600", "connect_failure"]),
        ("policy:maxConnections", "", ["0", "-1", "x"]),
        ("policy:maxPendingRequests", "", ["0", "x"]),
        ("policy:maxRequests", "", ["0", "x"]),
        ("policy:consecutiveErrors", "", ["-1", "1001"]),
        ("policy:interval", "", ["0s", "x"]),
        ("policy:ejectionTime", "", ["0s", "x"]),
        ("policy:maxEjectionPercent", "", ["101", "-1", "50%"]),
        ("delivery:steps", "", ["0", "100", "50,20", "10,10", "x", "["]),
        ("delivery:pause", "", ["x", "0s"]),
        ("delivery:successPercent", "", ["0", "101", "x"]),
        ("delivery:prometheus", "", ["", "prometheus:9090", "ftp://a", "http://", "http://a b", "http://user@a", "http://a?x=1"]),
        ("delivery:prometheusNamespace", "", ["", "a.b"]),
        ("telemetry:kind", "", ["", "jaeger"]),
        ("telemetry:endpoint", "telemetry:kind=external",
            ["", "collector:4317", "grpc://a:4317", "http://a:4317/v1/traces", "http://a:4317?x"]),
        ("telemetry:meshProvider", "", ["", "A provider"]),
        ("telemetry:samplingPercent", "", ["-1", "101", "x"]),
        ("releases:reviews", "", ["v4", "none", "", "["]),
        ("canary:reviews", "mesh:kind=istio", ["v1", "v9=1", "v1=x", "v1=0", "v1=-1", "v1=1000001", "{"]),
        ("delivery:reviews", "mesh:kind=istio", ["v9", ""]),
    ];

    public static TheoryData<string, string, string> WrongValues()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (key, with, wrong) in Table)
        {
            data.AddRange(wrong.Select(value => (key, with, value)).ToArray());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void Read_AWrongValue_OneSentenceThatNamesTheKey(string key, string with, string value)
    {
        string[] others = with.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _ = Read(key.StartsWith("exposure:cl", StringComparison.Ordinal) || key is "telemetry:endpoint" or "database:secret" ? [] : others);
        var problem = Assert.Single(Assert.Throws<SettingsException>(() => Read([.. others, $"{key}={value}"])).Problems);
        Assert.Contains(key, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_EveryKeyThatIsRead_IsInIt()
    {
        var reader = new SettingsReader(StackConfiguration.Of(null, []));
        _ = ClusterSettings.Read(reader, BookinfoSystem.Topology);
        // What a rule file may be called is the file system's business: RuleFolder says whether it is there.
        var keys = reader.Asked.Where(key => key != "mesh:rules" && !key.StartsWith("releases:", StringComparison.Ordinal)).ToHashSet();
        Assert.Superset(keys, Table.Select(row => row.Key).ToHashSet());
        Assert.All(Families, family => Assert.Contains(Table, row => row.Key == $"{family}:reviews"));
    }

    [Theory]
    [InlineData("images:postgres=postgres:18")]
    [InlineData("images:postgres=localhost:5000/a/b_c/postgres@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("images:repository=registry.example.com:5000/team/bookinfo")]
    [InlineData("images:repository=ghcr.io/acme/bookinfo/")]
    [InlineData("exposure:nodeHost=::1")]
    [InlineData("exposure:nodeHost=192.0.2.7")]
    [InlineData("exposure:host=bookinfo")]
    [InlineData("exposure:sourceRanges=fd00::/8,10.0.0.0/8", "exposure:kinds=loadbalancer")]
    [InlineData("exposure:ingressAnnotations=kubernetes.io/ingress.class=gce-internal", "exposure:kinds=ingress")]
    [InlineData("mesh:trustDomain=td_1.example.org")]
    [InlineData("mesh:hub=gcr.example.com:5000/istio")]
    [InlineData("policy:retryOn=5xx, gateway-error,503")]
    [InlineData("delivery:prometheus=https://prometheus.example.com/base")]
    [InlineData("database:storageClass=my.class-1")]
    public void Read_ARightValue_Passes(params string[] assignments) => Assert.NotNull(Read(assignments));

    private static ClusterSettings Read(string[] config) =>
        ClusterSettings.Read(StackConfiguration.Of(null, config), BookinfoSystem.Topology);
}
