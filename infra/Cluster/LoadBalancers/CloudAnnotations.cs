using Bookinfo.Cluster.Settings;

namespace Bookinfo.Cluster.LoadBalancers;

/// <summary>
/// What each cloud's load balancer is told, and only where it was asked for: the annotations of the clouds' own controllers.
/// </summary>
internal static class CloudAnnotations
{
    private const string Health = "/health/ready";

    /// <summary>
    /// The path that the load balancer itself asks, from outside the mesh and with no identity, to find out which targets are healthy; null
    /// where it asks for none.
    /// </summary>
    public static string? HealthPath(ExposureSettings settings) =>
        (settings.Has(ExposureKind.LoadBalancer) && settings.LoadBalancer.Cloud is (Cloud.Aws or Cloud.Azure))
        || (settings.Has(ExposureKind.Ingress) && settings.LoadBalancer.Cloud is (Cloud.Aws or Cloud.Gcp)) ? Health : null;

    /// <summary>
    /// The annotations of an Ingress for the controller of the cloud, which asks the pods themselves (AWS Load Balancer Controller,
    /// docs/guide/ingress/annotations.md). GKE asks by a BackendConfig instead.
    /// </summary>
    public static IReadOnlyDictionary<string, string> OfIngress(ExposureSettings settings) =>
        settings.LoadBalancer.Cloud != Cloud.Aws ? new Dictionary<string, string>() : new Dictionary<string, string>
        {
            ["alb.ingress.kubernetes.io/target-type"] = "ip",
            ["alb.ingress.kubernetes.io/healthcheck-path"] = Health,
        };

    /// <summary>
    /// The class that a Service names so that the right controller takes it, or null. On AWS the in-tree controller would take it otherwise
    /// and make a classic balancer.
    /// </summary>
    public static string? Class(LoadBalancerSettings settings) => settings.Cloud == Cloud.Aws ? "service.k8s.aws/nlb" : null;

    /// <summary>
    /// The annotations of a gateway's Service: where its balancer stands. Certificate and access logs are the page's own balancer's
    /// business, and so is its path for health: a gateway has another port for that, which AWS is told.
    /// </summary>
    /// <param name="settings">What the balancer is told.</param>
    /// <param name="hasStatusPort">Whether the gateway answers for its health on Istio's status port.</param>
    public static IReadOnlyDictionary<string, string> OfGateway(LoadBalancerSettings settings, bool hasStatusPort)
    {
        var annotations = Of(settings with { Certificate = null, AccessLogs = null })
            .Where(annotation => !annotation.Key.Contains("health", StringComparison.Ordinal)).ToDictionary();
        if (settings.Cloud == Cloud.Aws && hasStatusPort)
        {
            const string Prefix = "service.beta.kubernetes.io/aws-load-balancer-healthcheck-";
            annotations[Prefix + "protocol"] = "http";
            annotations[Prefix + "port"] = "15021";
            annotations[Prefix + "path"] = "/healthz/ready";
        }

        return annotations;
    }

    /// <summary>The annotations of the load balancer's Service.</summary>
    public static IReadOnlyDictionary<string, string> Of(LoadBalancerSettings settings) => settings.Cloud switch
    {
        Cloud.Aws => Aws(settings),
        Cloud.Azure => Azure(settings),
        Cloud.Gcp => Gcp(settings),
        Cloud.Oracle => Oracle(settings),
        Cloud.OpenStack => OpenStack(settings),
        _ => new Dictionary<string, string>(),
    };

    // AWS Load Balancer Controller, docs/guide/service/annotations.md.
    private static Dictionary<string, string> Aws(LoadBalancerSettings settings)
    {
        const string Prefix = "service.beta.kubernetes.io/aws-load-balancer-";
        var annotations = new Dictionary<string, string>
        {
            [Prefix + "nlb-target-type"] = "ip",
            [Prefix + "scheme"] = settings.Internal ? "internal" : "internet-facing",
            [Prefix + "healthcheck-protocol"] = "http",
            [Prefix + "healthcheck-path"] = Health,
        };
        if (settings.Certificate is { } certificate)
        {
            annotations[Prefix + "ssl-cert"] = certificate;
            annotations[Prefix + "ssl-ports"] = "443";
            annotations[Prefix + "backend-protocol"] = "tcp";
        }

        if (settings.AccessLogs is { } bucket)
        {
            annotations[Prefix + "attributes"] = $"access_logs.s3.enabled=true,access_logs.s3.bucket={bucket}";
        }

        return annotations;
    }

    // cloud-provider-azure, site/content/en/topics/loadbalancer.md.
    private static Dictionary<string, string> Azure(LoadBalancerSettings settings)
    {
        const string Prefix = "service.beta.kubernetes.io/azure-load-balancer-";
        var annotations = new Dictionary<string, string> { [Prefix + "health-probe-request-path"] = Health };
        if (settings.Internal)
        {
            annotations[Prefix + "internal"] = "true";
        }

        return annotations;
    }

    // GKE: a public balancer with a backend service and with health checks of its own, or an internal one.
    private static Dictionary<string, string> Gcp(LoadBalancerSettings settings) => settings.Internal
        ? new() { ["networking.gke.io/load-balancer-type"] = "Internal" }
        : new() { ["cloud.google.com/l4-rbs"] = "enabled" };

    // oci-cloud-controller-manager, docs/load-balancer-annotations.md.
    private static Dictionary<string, string> Oracle(LoadBalancerSettings settings)
    {
        const string Prefix = "service.beta.kubernetes.io/oci-load-balancer-";
        var annotations = new Dictionary<string, string>
        {
            ["oci.oraclecloud.com/load-balancer-type"] = "lb",
            [Prefix + "shape"] = "flexible",
            [Prefix + "shape-flex-min"] = "10",
            [Prefix + "shape-flex-max"] = "100",
        };
        if (settings.Internal)
        {
            annotations[Prefix + "internal"] = "true";
        }

        if (settings.Certificate is { } secret)
        {
            annotations[Prefix + "ssl-ports"] = "443";
            annotations[Prefix + "tls-secret"] = secret;
            annotations[Prefix + "backend-protocol"] = "HTTP";
        }

        return annotations;
    }

    // cloud-provider-openstack, docs/openstack-cloud-controller-manager/expose-applications-using-loadbalancer-type-service.md.
    private static Dictionary<string, string> OpenStack(LoadBalancerSettings settings)
    {
        var annotations = new Dictionary<string, string>
        {
            ["service.beta.kubernetes.io/openstack-internal-load-balancer"] = settings.Internal ? "true" : "false",
            ["loadbalancer.openstack.org/x-forwarded-for"] = "true",
        };
        if (settings.Certificate is { } reference)
        {
            annotations["loadbalancer.openstack.org/default-tls-container-ref"] = reference;
        }

        return annotations;
    }
}
