using Bookinfo.Cluster.Resources;
using Bookinfo.Topology;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Bookinfo.Cluster.Pods;

/// <summary>
/// The three questions of the kubelet: has it started, does it take requests, does it live. Over HTTP by ServiceDefaults' paths; a gRPC
/// service is asked by gRPC's own health protocol, where a draining server as a whole is not serving while its liveness is.
/// </summary>
internal static class Probes
{
    private const string GrpcLiveness = "liveness";

    /// <summary>Every 2 s for up to two minutes; the other probes wait for it.</summary>
    public static ProbeArgs Startup(BookService service) => Probe(service, "startup", periodSeconds: 2, failures: 60);

    /// <summary>Every 5 s; two failures take the pod out of the Service.</summary>
    public static ProbeArgs Readiness(BookService service) => Probe(service, "ready", periodSeconds: 5, failures: 2);

    /// <summary>Every 10 s; three failures restart the container.</summary>
    public static ProbeArgs Liveness(BookService service) => Probe(service, "live", periodSeconds: 10, failures: 3);

    /// <summary>A command in the container.</summary>
    public static ProbeArgs Command(int periodSeconds, int failures, params string[] command) => new()
    {
        Exec = new ExecActionArgs { Command = command },
        PeriodSeconds = periodSeconds,
        TimeoutSeconds = 3,
        FailureThreshold = failures,
    };

    /// <summary>A path over HTTP.</summary>
    public static ProbeArgs Http(string path, string port, int periodSeconds, int failures) => new()
    {
        HttpGet = new HTTPGetActionArgs { Path = path, Port = port },
        PeriodSeconds = periodSeconds,
        TimeoutSeconds = 2,
        FailureThreshold = failures,
    };

    private static ProbeArgs Probe(BookService service, string question, int periodSeconds, int failures)
    {
        if (service.Protocol == ServiceProtocol.Http)
        {
            return Http($"/health/{question}", WellKnown.PortName(service), periodSeconds, failures);
        }

        var grpc = new GRPCActionArgs { Port = service.Port };
        if (question == "live")
        {
            grpc.Service = GrpcLiveness;
        }

        return new ProbeArgs { Grpc = grpc, PeriodSeconds = periodSeconds, TimeoutSeconds = 2, FailureThreshold = failures };
    }
}
