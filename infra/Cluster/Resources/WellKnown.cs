using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi;

namespace Bookinfo.Cluster.Resources;

/// <summary>Names and ports by which one part of the deployment refers to another.</summary>
internal static class WellKnown
{
    /// <summary>The name of an application's ServiceAccount, which is its identity in a mesh.</summary>
    /// <param name="app">The <c>app</c> label, for example <c>reviews</c>.</param>
    public static string Account(string app) => $"bookinfo-{app}";

    /// <summary>The name of the Secret with the values that all pods of a service share.</summary>
    public static string SharedSecret(BookService service) => $"{service.Name}-shared";

    /// <summary>The name of a service's port. A mesh learns the protocol from it.</summary>
    public static string PortName(BookService service) => service.Protocol == ServiceProtocol.Grpc ? "grpc" : "http";

    /// <summary>The name of the BackendConfig by which GKE learns where the page answers for its health.</summary>
    public const string BackendConfig = "bookinfo";

    /// <summary>The PostgreSQL server of the ratings.</summary>
    public static class Database
    {
        /// <summary>Its name on the service network, and its <c>app</c> label.</summary>
        public const string AppName = "ratings-db";

        /// <summary>Its port.</summary>
        public const int Port = 5432;

        /// <summary>The name of the database, and of the user that owns it.</summary>
        public const string DatabaseName = "ratings";

        /// <summary>The key of the Secret under which the services find how to connect.</summary>
        public const string ConnectionStringKey = "connection-string";

        /// <summary>The name of the Secret with the key <see cref="ConnectionStringKey"/>.</summary>
        public static string SecretName(DatabaseSettings settings) =>
            settings.Secret is { } secret && settings.Kind == DatabaseKind.External ? secret : AppName;
    }

    /// <summary>The OpenTelemetry collector.</summary>
    public static class Collector
    {
        /// <summary>Its name on the service network, and its <c>app</c> label.</summary>
        public const string AppName = "otel-collector";

        /// <summary>OTLP over gRPC.</summary>
        public const int GrpcPort = 4317;

        /// <summary>OTLP over HTTP.</summary>
        public const int HttpPort = 4318;
    }

    /// <summary>The Aspire dashboard.</summary>
    public static class Dashboard
    {
        /// <summary>Its name on the service network, and its <c>app</c> label.</summary>
        public const string AppName = "aspire-dashboard";

        /// <summary>OTLP over gRPC.</summary>
        public const int OtlpPort = 18889;
    }

    /// <summary>The Gateway of the Gateway API.</summary>
    public static class GatewayApi
    {
        /// <summary>The API.</summary>
        public const string ApiVersion = "gateway.networking.k8s.io/v1";

        /// <summary>The name of the Gateway.</summary>
        public const string GatewayName = "bookinfo";

        /// <summary>
        /// The ServiceAccount of the proxy that Istio runs for the Gateway (istio pilot/pkg/config/kube/gatewaycommon: the Gateway's name
        /// and its class).
        /// </summary>
        public static string ProxyAccount(ExposureSettings settings) => $"{GatewayName}-{settings.GatewayClass}";

        /// <summary>The label that a controller puts on the pods that it runs for a Gateway (GEP-1762).</summary>
        public static InputMap<string> ProxyLabels => new() { ["gateway.networking.k8s.io/gateway-name"] = GatewayName };
    }

    /// <summary>cert-manager.</summary>
    public static class CertManager
    {
        /// <summary>The API.</summary>
        public const string ApiVersion = "cert-manager.io/v1";

        /// <summary>The port on which the pod for an HTTP-01 challenge answers.</summary>
        public const int SolverPort = 8089;

        /// <summary>The label of such a pod.</summary>
        public static InputMap<string> SolverLabels => new() { ["acme.cert-manager.io/http01-solver"] = "true" };
    }

    /// <summary>Istio's own API.</summary>
    public static class Istio
    {
        /// <summary>The API of the rules for traffic.</summary>
        public const string NetworkingApi = "networking.istio.io/v1";
    }
}
