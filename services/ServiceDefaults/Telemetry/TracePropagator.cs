using System.Diagnostics;

namespace Bookinfo.ServiceDefaults.Telemetry;

/// <summary>
/// Trace context in W3C and in B3 form: read from either (W3C first), written as both, so that Envoy's Zipkin tracer and the originals see
/// the same trace. W3C <c>baggage</c> is not touched here: it is passed on verbatim with the other headers.
/// </summary>
internal sealed class TracePropagator : DistributedContextPropagator
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    public static TracePropagator Instance { get; } = new();

    public override IReadOnlyCollection<string> Fields { get; } =
        [TraceParent, TraceState, B3.Single, B3.TraceId, B3.SpanId, B3.Sampled, B3.Flags];

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId,
        out string? traceState)
    {
        (traceId, traceState) = (null, null);
        if (getter is null)
        {
            return;
        }

        if (Get(TraceParent) is { } parent && ActivityContext.TryParse(parent, null, out _))
        {
            (traceId, traceState) = (parent, Get(TraceState));
            return;
        }

        traceId = B3.FromSingle(Get(B3.Single)) ?? B3.FromMultiple(Get(B3.TraceId), Get(B3.SpanId), Get(B3.Sampled), Get(B3.Flags));

        string? Get(string field)
        {
            getter(carrier, field, out var value, out var values);
            return value ?? values?.FirstOrDefault();
        }
    }

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } || setter is null)
        {
            return;
        }

        setter(carrier, TraceParent, id);
        if (activity.TraceStateString is { Length: > 0 } state)
        {
            setter(carrier, TraceState, state);
        }

        setter(carrier, B3.Single, B3.ToSingle(activity));
        setter(carrier, B3.TraceId, activity.TraceId.ToHexString());
        setter(carrier, B3.SpanId, activity.SpanId.ToHexString());
        setter(carrier, B3.Sampled, B3.ToSampled(activity));
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
