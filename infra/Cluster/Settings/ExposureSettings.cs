namespace Bookinfo.Cluster.Settings;

/// <summary>A way in from outside the cluster.</summary>
public enum ExposureKind
{
    /// <summary>A fixed port on every node.</summary>
    NodePort,

    /// <summary>A load balancer of the cloud (or of cloud-provider-kind).</summary>
    LoadBalancer,

    /// <summary>An Ingress for whichever controller the class names.</summary>
    Ingress,

    /// <summary>A Gateway and an HTTPRoute of the Gateway API.</summary>
    GatewayApi,

    /// <summary>Istio's own Gateway and a VirtualService bound to it.</summary>
    IstioGateway,
}

/// <summary>The ways in, and what each needs to know.</summary>
public sealed record ExposureSettings
{
    /// <summary>The ways in, each once.</summary>
    public required IReadOnlyList<ExposureKind> Kinds { get; init; }

    /// <summary>The host name for Ingress and gateways, or null to answer for every host.</summary>
    public string? Host { get; init; }

    /// <summary>The NodePort.</summary>
    public required int NodePort { get; init; }

    /// <summary>Where a node answers, as the URL of the NodePort shows it.</summary>
    public required string NodeHost { get; init; }

    /// <summary>The class of the Ingress, or null for the cluster's default.</summary>
    public string? IngressClass { get; init; }

    /// <summary>The class of the Gateway API's Gateway.</summary>
    public required string GatewayClass { get; init; }

    /// <summary>The Secret with certificate and key for Ingress and gateways, or null for plain HTTP.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>cert-manager's ClusterIssuer that fills <see cref="TlsSecret"/>, or null.</summary>
    public string? ClusterIssuer { get; init; }

    /// <summary>
    /// The namespace of the pods of the Ingress or Gateway API controller: the only one let in to the page. Null lets in from everywhere.
    /// </summary>
    public string? ControllerNamespace { get; init; }

    /// <summary>What the controller of the Ingress is told, in its own words.</summary>
    public required IReadOnlyDictionary<string, string> IngressAnnotations { get; init; }

    /// <summary>What the load balancer is told.</summary>
    public required LoadBalancerSettings LoadBalancer { get; init; }

    /// <summary>Whether that way in is asked for.</summary>
    /// <param name="kind">A way in.</param>
    public bool Has(ExposureKind kind) => Kinds.Contains(kind);

    /// <summary>Whether requests reach the page's pods past the mesh's own gateway, so without the mesh's TLS.</summary>
    public bool PastTheMesh => Kinds.Any(kind => kind != ExposureKind.IstioGateway);

    internal static ExposureSettings Read(SettingsReader reader)
    {
        var settings = new ExposureSettings
        {
            Kinds = ReadKinds(reader),
            Host = reader.Matching(
                "exposure:host", Syntax.IsHostName,
                    "write a host name in lower case without scheme, port or path, such as bookinfo.example.com"),
            NodePort = reader.Whole("exposure:nodePort", 30080, 30000, 32767),
            NodeHost = reader.Matching(
                "exposure:nodeHost", "localhost", Syntax.IsHostOrAddress,
                    "write the host name or the address of a node, such as localhost or 192.0.2.7"),
            IngressClass = reader.ObjectName("exposure:ingressClass", "an IngressClass"),
            GatewayClass = reader.ObjectName("exposure:gatewayClass", "a GatewayClass") ?? "istio",
            TlsSecret = reader.ObjectName("exposure:tlsSecret", "a Secret with certificate and key"),
            ClusterIssuer = reader.ObjectName("exposure:clusterIssuer", "a ClusterIssuer"),
            ControllerNamespace = reader.Matching("exposure:controllerNamespace", Syntax.IsLabel,
                "write the name of the namespace in which the controller's pods run"),
            IngressAnnotations = reader.Map("exposure:ingressAnnotations"),
            LoadBalancer = LoadBalancerSettings.Read(reader),
        };
        settings.Check(reader);
        return settings;
    }

    private void Check(SettingsReader reader)
    {
        foreach (var name in IngressAnnotations.Keys.Where(name => !Syntax.IsAnnotationKey(name)))
        {
            reader.Wrong(
                $"exposure:ingressAnnotations has {SettingsReader.Quoted(name)}: write the whole name of an annotation, such as "
                + "alb.ingress.kubernetes.io/scheme");
        }

        if (IngressAnnotations.Count > 0 && !Has(ExposureKind.Ingress))
        {
            reader.Wrong("exposure:ingressAnnotations is for an Ingress, and exposure:kinds has no ingress");
        }

        if (ClusterIssuer is not null && (Host is null || TlsSecret is null))
        {
            reader.Wrong(
                "exposure:clusterIssuer asks cert-manager for a certificate, so exposure:host must say for which name and "
                + "exposure:tlsSecret where to put it");
        }
    }

    private static List<ExposureKind> ReadKinds(SettingsReader reader)
    {
        if (!reader.Has("exposure:kinds"))
        {
            return [ExposureKind.NodePort];
        }

        List<ExposureKind> kinds = [];
        foreach (var name in reader.List("exposure:kinds"))
        {
            if (!Names.TryGetValue(name, out var kind))
            {
                reader.Wrong(
                    $"exposure:kinds has {SettingsReader.Quoted(name)}, which is none of "
                    + $"{string.Join(", ", Names.Keys)}{SettingsReader.Meant(name, Names.Keys)}");
            }
            else if (!kinds.Contains(kind))
            {
                kinds.Add(kind);
            }
        }

        return kinds;
    }

    private static readonly Dictionary<string, ExposureKind> Names = new()
    {
        ["nodeport"] = ExposureKind.NodePort,
        ["loadbalancer"] = ExposureKind.LoadBalancer,
        ["ingress"] = ExposureKind.Ingress,
        ["gateway-api"] = ExposureKind.GatewayApi,
        ["istio"] = ExposureKind.IstioGateway,
    };
}
