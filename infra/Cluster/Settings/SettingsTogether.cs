namespace Bookinfo.Cluster.Settings;

/// <summary>What is right by itself and wrong together.</summary>
internal static class SettingsTogether
{
    // Where the installation guides of the meshes, controllers and clusters named in the README put them. Server-side apply takes a
    // namespace over that is there already, instead of failing.
    private static readonly HashSet<string> OthersSpaces =
    [
        "argo-rollouts", "argocd", "cert-manager", "envoy-gateway-system", "gke-managed-system", "haproxy-controller", "ingress-nginx",
        "istio-ingress", "istio-system", "kong", "linkerd", "linkerd-cni", "linkerd-viz", "local-path-storage", "monitoring",
        "nginx-ingress", "observability", "projectcontour", "traefik",
    ];

    public static void Check(ClusterSettings settings, SettingsReader reader)
    {
        CheckDatabase(settings, reader);
        CheckWeights(settings, reader);
        CheckDelivery(settings, reader);
        CheckWaysIn(settings, reader);
        BalancersTogether.Check(settings, reader);
        CheckHeadless(settings, reader);
        CheckNamespaces(settings, reader);
    }

    // The stack that creates a namespace deletes it, too, with everything in it: on destroy, or where its name changes.
    private static void CheckNamespaces(ClusterSettings settings, SettingsReader reader)
    {
        var mesh = settings.Mesh;
        List<(string Key, string Name)> own = [("bookinfo:namespace", settings.Namespace)];
        if (mesh.Install)
        {
            own.Add(("mesh:namespace", mesh.Namespace));
            own.Add(("mesh:gatewayNamespace", mesh.GatewayNamespace));
        }

        foreach (var (key, name) in own.Where(one => one.Name == "default" || one.Name.StartsWith("kube-", StringComparison.Ordinal)))
        {
            reader.Wrong(
                $"{key} is {SettingsReader.Quoted(name)}, a namespace of Kubernetes: this program creates its namespace, and destroy "
                + "deletes it. Write one of your own");
        }

        foreach (var twin in own.GroupBy(one => one.Name).Where(group => group.Count() > 1))
        {
            reader.Wrong(
                $"{string.Join(" and ", twin.Select(one => one.Key))} are both {SettingsReader.Quoted(twin.Key)}: each needs a namespace "
                + "of its own");
        }

        List<(string Key, string? Name)> others =
        [
            ("delivery:prometheusNamespace", settings.Delivery.PrometheusNamespace),
            ("exposure:controllerNamespace", settings.Exposure.ControllerNamespace),
        ];
        if (!mesh.Install)
        {
            others.AddRange([("mesh:namespace", mesh.Namespace), ("mesh:gatewayNamespace", mesh.GatewayNamespace)]);
        }

        if (others.Find(other => other.Name == settings.Namespace) is { Key: { } taken })
        {
            reader.Wrong($"bookinfo:namespace is {SettingsReader.Quoted(settings.Namespace)}, which {taken} names as somebody else's: "
                + "destroy would delete it. Write one of your own");
        }
        else if (OthersSpaces.Contains(settings.Namespace) && own.TrueForAll(one => one == own[0] || one.Name != settings.Namespace))
        {
            reader.Wrong($"bookinfo:namespace is {SettingsReader.Quoted(settings.Namespace)}, where others install themselves: this "
                + "program would take that namespace over, and destroy would delete it. Write one of your own");
        }
    }

    private static void CheckDatabase(ClusterSettings settings, SettingsReader reader)
    {
        if (settings.Database.Kind != DatabaseKind.None)
        {
            return;
        }

        foreach (var service in settings.System.Services)
        {
            foreach (var release in service.Releases.Where(release => release.NeedsDatabase))
            {
                reader.Wrong($"{service.Name} {release.Version} needs a database and database:kind is none: "
                    + $"set it to postgres or external, or leave the release out with releases:{service.Name}");
            }
        }
    }

    private static void CheckWeights(ClusterSettings settings, SettingsReader reader)
    {
        foreach (var name in settings.Canary.Weights.Keys)
        {
            var atTheEdge = settings.Exposure.Has(ExposureKind.GatewayApi) && settings.System[name].PublicPaths.Count > 0;
            if (settings.Mesh.Kind == MeshKind.None && !atTheEdge)
            {
                reader.Wrong($"canary:{name} needs somebody who honours weights: set mesh:kind to istio or linkerd");
            }

            if (settings.Delivery.Owns(name))
            {
                reader.Wrong(
                    $"canary:{name} and delivery:{name} cannot both be set: the weights have one owner, and with delivery it is Argo "
                    + "Rollouts");
            }
        }
    }

    private static void CheckDelivery(ClusterSettings settings, SettingsReader reader)
    {
        foreach (var name in settings.Delivery.Targets.Keys.Where(_ => !settings.Mesh.IsIstio))
        {
            reader.Wrong($"delivery:{name} shifts traffic between Istio's subsets, so it needs mesh:kind istio");
        }
    }

    private static void CheckWaysIn(ClusterSettings settings, SettingsReader reader)
    {
        if (settings.Exposure.Has(ExposureKind.IstioGateway) && !settings.Mesh.IsIstio)
        {
            reader.Wrong("exposure:kinds has istio, which needs mesh:kind istio");
        }

        List<(string Key, int Port)> ports = [];
        if (settings.Exposure.Has(ExposureKind.NodePort))
        {
            ports.Add(("exposure:nodePort", settings.Exposure.NodePort));
        }

        if (settings.Mesh is { Install: true, GatewayServiceType: "NodePort" })
        {
            ports.AddRange([("mesh:gatewayNodePort", settings.Mesh.GatewayNodePort),
                ("mesh:gatewayTlsNodePort", settings.Mesh.GatewayTlsNodePort)]);
        }

        foreach (var twin in ports.GroupBy(one => one.Port).Where(group => group.Count() > 1))
        {
            reader.Wrong($"{string.Join(" and ", twin.Select(one => one.Key))} are both {twin.Key}: each port of a node has one Service");
        }
    }

    // Istio dials the address that such a name answers with, outside its weights and its mutual TLS (istio
    // pilot/pkg/networking/core/cluster_tls.go).
    private static void CheckHeadless(ClusterSettings settings, SettingsReader reader)
    {
        foreach (var name in settings.Scale.Headless.Where(_ => settings.Mesh.Kind != MeshKind.None))
        {
            reader.Wrong(
                $"scale:headless names {name}, but a mesh neither weighs nor secures calls to a headless service: use it with mesh:kind "
                + "none");
        }
    }
}
