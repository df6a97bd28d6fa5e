using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Faults;

/// <summary>
/// Lets requests wait, or answers in the destination's place. Comes before forwarding, so the rule's own timeout, retries and mirrors do
/// not touch it. Delay and abort draw lots independently, delay first (<c>source/extensions/filters/http/fault/fault_filter.cc</c> of
/// envoyproxy/envoy).
/// </summary>
internal sealed class FaultInjection(HttpFaultInjection fault, Randomness randomness, TimeProvider time)
{
    private readonly double _delayPercent = fault.Delay?.Percentage ?? 0;
    private readonly TimeSpan _delay = fault.Delay?.FixedDelay ?? TimeSpan.Zero;
    private readonly double _abortPercent = fault.Abort?.Percentage ?? 0;
    private readonly int _httpStatus = fault.Abort?.HttpStatus ?? StatusOf(fault.Abort?.GrpcStatus);
    private readonly int? _grpcStatus = GrpcStatusNames.CodeOf(fault.Abort?.GrpcStatus);

    /// <summary>What it does, for explanations.</summary>
    public HttpFaultInjection Rule => fault;

    /// <summary>Injects what the lots say; true where the request is answered with it.</summary>
    public async ValueTask<bool> InjectAsync(Exchange exchange)
    {
        if (randomness.Happens(_delayPercent))
        {
            exchange.Flags |= ResponseFlags.DelayInjected;
            await Task.Delay(Timers.Bounded(_delay), time, exchange.Context.RequestAborted);
        }

        if (!randomness.Happens(_abortPercent))
        {
            return false;
        }

        exchange.GrpcStatus = _grpcStatus;
        await LocalReply.SendAsync(exchange, _httpStatus, "fault filter abort", ResponseFlags.FaultInjected, "fault_filter_abort");
        return true;
    }

    /// <summary>A gRPC status towards a caller that does not speak gRPC becomes the HTTP status of the same meaning.</summary>
    private static int StatusOf(string? grpcStatus) => GrpcStatusNames.CodeOf(grpcStatus) is { } status ? GrpcStatus.ToHttp(status) : 200;
}
