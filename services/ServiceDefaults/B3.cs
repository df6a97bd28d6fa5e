using System.Diagnostics;
using OpenTelemetry.Context.Propagation;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// Zipkin's B3 headers, single and multiple (openzipkin/b3-propagation). OpenTelemetry's propagator reads them, but writes nothing for a
/// trace that is not sampled, so that the next hop would decide anew.
/// </summary>
internal sealed class B3 : TextMapPropagator
{
    // The package that deprecates these, OpenTelemetry.Extensions.Propagators, holds the same code.
#pragma warning disable CS0618
    private static readonly CompositeTextMapPropagator Reader = new([new B3Propagator(singleHeader: true), new B3Propagator()]);
#pragma warning restore CS0618

    public override ISet<string>? Fields => Reader.Fields;

    public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter) =>
        Reader.Extract(context, carrier, getter);

    public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
    {
        var span = context.ActivityContext;
        var (trace, id) = (span.TraceId.ToHexString(), span.SpanId.ToHexString());
        var sampled = span.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "1" : "0";
        setter(carrier, "b3", $"{trace}-{id}-{sampled}");
        setter(carrier, "x-b3-traceid", trace);
        setter(carrier, "x-b3-spanid", id);
        setter(carrier, "x-b3-sampled", sampled);
    }
}
