using Bookinfo.Cluster.Settings;
using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Tests.Support;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Lifetimes;

/// <summary>What a change of each key does to a stack that runs, and that the README's table says the same.</summary>
[Collection(nameof(OneAfterAnother))]
public sealed class KeyTests
{
    private const string Balancer = "exposure:kinds=loadbalancer";
    private const string Aws = $"{Balancer} exposure:cloud=aws";
    private const string IstioThere = "mesh:kind=istio exposure:kinds=istio";
    private const string Installed = $"{IstioThere} mesh:install=true";
    private const string Delivered = $"{IstioThere} delivery:reviews=v1";
    private const string External = "database:kind=external";
    private const string Traced = $"{IstioThere} telemetry:kind=external telemetry:endpoint=http://collector.observability:4317";

    /// <summary>The key, the settings beside it, and its own before and after.</summary>
    private static readonly (string Key, string With, string Before, string After)[] Changes =
    [
        ("bookinfo:namespace", "", "bookinfo", "books"),
        ("releases:SERVICE", "", "", "releases:ratings=v1"),
        ("images:repository", "", "bookinfo", "ghcr.io/acme/bookinfo"),
        ("images:tag", "", "dev", "1.0.0"),
        ("images:digests", "", "", "reviews=sha256:0000000000000000000000000000000000000000000000000000000000000000"),
        ("images:pullPolicy", "", "IfNotPresent", "Always"),
        ("images:pullSecret", "", "", "registry"),
        ("images:postgres", "", "", "registry.example.com/postgres:18.4"),
        ("images:collector", "telemetry:kind=collector", "", "registry.example.com/collector:1"),
        ("images:dashboard", "telemetry:kind=collector", "", "registry.example.com/dashboard:1"),
        ("scale:auto", "", "false", "true"),
        ("scale:replicas", "scale:auto=false", "reviews=1", "reviews=2"),
        ("scale:maxReplicas", "scale:auto=true", "3", "6"),
        ("scale:cpuPercent", "scale:auto=true", "70", "50"),
        ("scale:headless", "", "", "details"),
        ("database:kind", "database:secret=ratings-db-there", "postgres", "external"),
        ("database:storage", "", "1Gi", "8Gi"),
        ("database:storageClass", "", "", "fast"),
        ("database:secret", External, "one", "another"),
        ("database:port", $"{External} database:secret=one", "5432", "5433"),
        ("database:allowDataLoss", "", "false", "true"),
        ("exposure:kinds", "", "nodeport", "loadbalancer"),
        ("exposure:nodePort", "", "30080", "30090"),
        ("exposure:nodeHost", "", "localhost", "192.0.2.7"),
        ("exposure:host", "exposure:kinds=ingress", "", "bookinfo.example.com"),
        ("exposure:ingressClass", "exposure:kinds=ingress", "traefik", "haproxy"),
        ("exposure:ingressAnnotations", "exposure:kinds=ingress", "", "a.example.com/b=c"),
        ("exposure:gatewayClass", "exposure:kinds=gateway-api", "eg", "contour"),
        ("exposure:tlsSecret", "exposure:kinds=ingress exposure:host=bookinfo.example.com", "", "tls"),
        ("exposure:clusterIssuer", "exposure:kinds=ingress exposure:host=bookinfo.example.com exposure:tlsSecret=tls", "", "letsencrypt"),
        ("exposure:controllerNamespace", "exposure:kinds=ingress", "", "edge"),
        ("exposure:cloud", Balancer, "gcp", "azure"),
        ("exposure:cloud` to or from `aws", Balancer, "exposure:cloud=gcp", "exposure:cloud=aws"),
        ("exposure:internal", Aws, "false", "true"),
        ("exposure:sourceRanges", Aws, "", "203.0.113.0/24"),
        ("exposure:certificate", Aws, "", "arn:aws:acm:eu-central-1:111122223333:certificate/1"),
        ("exposure:accessLogs", Aws, "", "my-logs"),
        ("mesh:kind", "exposure:kinds=nodeport", "none", "istio"),
        ("mesh:install", IstioThere, "false", "true"),
        ("mesh:version", Installed, "1.31.0", "1.31.1"),
        ("mesh:hub", Installed, "docker.io/istio", "registry.example.com/istio"),
        ("mesh:cni", Installed, "true", "false"),
        ("mesh:platform", Installed, "", "gke"),
        ("mesh:namespace", Installed, "istio-system", "mesh-system"),
        ("mesh:gatewayNamespace", Installed, "istio-ingress", "edge"),
        ("mesh:gatewayName", Installed, "istio-ingressgateway", "door"),
        ("mesh:gatewayServiceType", Installed, "LoadBalancer", "NodePort"),
        ("mesh:gatewayNodePort", $"{Installed} mesh:gatewayServiceType=NodePort", "30081", "30091"),
        ("mesh:gatewayTlsNodePort",
            $"{Installed} mesh:gatewayServiceType=NodePort exposure:tlsSecret=tls exposure:host=bookinfo.example.com", "30082", "30092"),
        ("mesh:trustDomain", IstioThere, "cluster.local", "example.org"),
        ("mesh:rules", IstioThere, "", "reviews-jason-v2.yaml"),
        ("canary:SERVICE", IstioThere, "canary:reviews=v1=90,v3=10", "canary:reviews=v3=100"),
        ("policy:timeout", IstioThere, "15s", "20s"),
        ("policy:retries", IstioThere, "2", "3"),
        ("policy:perTryTimeout", IstioThere, "12s", "5s"),
        ("policy:retryOn", IstioThere, "", "5xx"),
        ("policy:maxConnections", IstioThere, "100", "50"),
        ("policy:maxPendingRequests", IstioThere, "100", "50"),
        ("policy:maxRequests", IstioThere, "200", "50"),
        ("policy:consecutiveErrors", IstioThere, "5", "3"),
        ("policy:interval", IstioThere, "10s", "5s"),
        ("policy:ejectionTime", IstioThere, "30s", "60s"),
        ("policy:maxEjectionPercent", IstioThere, "50", "100"),
        ("delivery:SERVICE", IstioThere, "canary:reviews=v1=90,v3=10", "delivery:reviews=v1"),
        ("delivery:steps", Delivered, "10,25,50", "50"),
        ("delivery:pause", Delivered, "1m", "2m"),
        ("delivery:successPercent", Delivered, "95", "99"),
        ("delivery:prometheus", Delivered, "http://prometheus.istio-system:9090", "http://prometheus.monitoring:9090"),
        ("delivery:prometheusNamespace", Delivered, "istio-system", "monitoring"),
        ("telemetry:kind", "", "none", "collector"),
        ("telemetry:endpoint", "telemetry:kind=external", "http://a.observability:4317", "http://b.observability:4317"),
        ("telemetry:meshProvider", Traced, "otel", "zipkin"),
        ("telemetry:samplingPercent", $"{Traced} telemetry:meshProvider=otel", "100", "10"),
    ];

    [Fact]
    public void Changes_EveryKeyThatIsRead_IsInThem()
    {
        var reader = new SettingsReader(StackConfiguration.Of(null, []));
        _ = ClusterSettings.Read(reader, BookinfoSystem.Topology);
        var keys = reader.Asked.Where(key => !key.StartsWith("releases:", StringComparison.Ordinal)).ToHashSet();
        Assert.Superset(keys, Changes.Select(change => change.Key).ToHashSet());
        Assert.All(["releases", "canary", "delivery"], family => Assert.Contains(Changes, change => change.Key == $"{family}:SERVICE"));
    }

    // What runs keeps its address, its pods and its data, except in these changes.
    [Theory]
    [InlineData("bookinfo:namespace", nameof(Fate.Protected), "Namespace/bookinfo", "StatefulSet/ratings-db")]
    [InlineData("database:kind", nameof(Fate.Protected), "RandomPassword/ratings-db-password", "StatefulSet/ratings-db")]
    [InlineData("exposure:cloud` to or from `aws", nameof(Fate.Replaced), "Service/productpage-loadbalancer")]
    [InlineData("scale:headless", nameof(Fate.Replaced), "Service/details")]
    public async Task Change_OfAFieldThatIsFixed_ReplacesOrIsRefused(string key, string fate, params string[] names)
    {
        var life = await LifeAsync(Changes.Single(change => change.Key == key));
        Assert.Equal(names, life.Names(Enum.Parse<Fate>(fate)));
    }

    // What a sidecar is made with: the version and place of its control plane, its identity. Pods that live on would keep the old.
    [Theory]
    [InlineData("mesh:kind")]
    [InlineData("mesh:version")]
    [InlineData("mesh:hub")]
    [InlineData("mesh:cni")]
    [InlineData("mesh:namespace")]
    [InlineData("mesh:trustDomain")]
    public async Task Change_OfWhatASidecarIsMadeWith_MakesNewPods(string key)
    {
        var updated = (await LifeAsync(Changes.Single(change => change.Key == key))).Names(Fate.Updated);
        Assert.Equal(9, updated.Count(name => name.StartsWith("Deployment/", StringComparison.Ordinal)));
        Assert.Contains("StatefulSet/ratings-db", updated);
    }

    [Fact]
    public async Task Change_OfTheBalancersClass_MakesIstiosGatewaysAnewToo()
    {
        string[] gateways = ["mesh:kind=istio", "mesh:install=true", "exposure:kinds=istio,gateway-api", "exposure:gatewayClass=istio"];
        string[] aws = [.. gateways, "exposure:cloud=aws"];
        string[] made = ["ConfigMap/bookinfo-gateway", "Gateway/bookinfo", "Release/istio-ingressgateway"];
        Assert.Equal(made[1..], (await Lifetime.OfAsync([.. gateways, "exposure:cloud=gcp"], aws)).Names(Fate.Replaced));
        Assert.Equal(made[1..], (await Lifetime.OfAsync(aws, [.. gateways, "exposure:cloud=gcp"])).Names(Fate.Replaced));
        Assert.DoesNotContain(made[1],
            (await Lifetime.OfAsync(aws, [.. aws, "exposure:sourceRanges=203.0.113.0/24"])).Names(Fate.Replaced));
    }

    [Fact]
    public async Task Readme_TableOfKeys_SaysWhatEachChangeDoes()
    {
        List<string> rows = [];
        foreach (var change in Changes)
        {
            rows.Add($"| `{change.Key}` | {Describe(await LifeAsync(change))} |");
        }

        var readme =
            await File.ReadAllLinesAsync(Repository.PathOf("infra", "Cluster", "README.md"), TestContext.Current.CancellationToken);
        Assert.Equal(rows, readme.SkipWhile(line => !line.StartsWith("| key | ", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')));
    }

    private static Task<Lifetime> LifeAsync((string Key, string With, string Before, string After) change)
    {
        string[] with = change.With.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Lifetime.OfAsync([.. with, .. Assignment(change.Key, change.Before)], [.. with, .. Assignment(change.Key, change.After)]);
    }

    // A family of keys, and a row about two values of a key, spell the assignments out.
    private static string[] Assignment(string key, string value) => value.Length == 0 ? []
        : key.EndsWith(":SERVICE", StringComparison.Ordinal) || key.Contains('`') ? [value] : [$"{key}={value}"];

    private static string Describe(Lifetime life)
    {
        if (life.Names(Fate.Protected) is { Count: > 0 } kept)
        {
            return $"refused without `database:allowDataLoss`: it would delete {string.Join(", ", kept)}";
        }

        (string Verb, Fate Fate)[] verbs =
        [
            ("**fails** for ", Fate.Refused), ("**replaces** ", Fate.Replaced), ("deletes ", Fate.Deleted), ("creates ", Fate.Created),
            ("updates ", Fate.Updated),
        ];
        string[] parts = [.. verbs.Select(verb => (verb.Verb, Things: Group(life.Names(verb.Fate)))).Where(part => part.Things.Length > 0)
            .Select(part => part.Verb + part.Things)];
        return parts.Length == 0 ? "changes no resource" : string.Join("; ", parts);
    }

    // One of a kind by its name, several by their kind.
    private static string Group(IReadOnlyList<string> names) => string.Join(", ", names.GroupBy(name => name.Split('/')[0])
        .Select(kind => kind.Count() == 1 ? kind.Single() : $"{kind.Count()} {Plural(kind.Key)}"));

    private static string Plural(string kind) => kind.EndsWith('y') ? $"{kind[..^1]}ies" : $"{kind}s";
}
