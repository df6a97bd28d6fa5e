using System.Diagnostics;
using System.Globalization;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// One request on its way, and what is learnt about it. Kestrel keeps the object with the connection (or stream) and hands it out again for the
/// next request, so that a request allocates nothing for it.
/// </summary>
internal sealed class Exchange
{
    private readonly DefaultHttpContext _context = new();

    public Exchange(TimeProvider time)
    {
        Upstream = new UpstreamTransform(this, time);
        Bodies = new BodyMeter();
    }

    public HttpContext Context => _context;

    /// <summary>The rules for the whole of this request, whatever is put into force meanwhile.</summary>
    public required RuleTables Rules { get; set; }

    public required Caller Caller { get; set; }

    /// <summary>When it came, in the ticks of the mesh's clock.</summary>
    public long StartedAt { get; private set; }

    /// <summary>The target as it came.</summary>
    public RequestTarget Target { get; private set; }

    /// <summary>The path on its way to the destination: normalized, and rewritten where the route says so.</summary>
    public string Path { get; set; } = "/";

    /// <summary>The query with its question mark; empty where there is none.</summary>
    public string Query { get; private set; } = "";

    public bool IsGrpc { get; private set; }

    public Route? Route { get; set; }

    public RouteDestination? Destination { get; set; }

    public Cluster? Cluster { get; set; }

    /// <summary>The endpoint that the last try went to.</summary>
    public UpstreamHost? Host { get; set; }

    public ResponseFlags Flags { get; set; }

    public int? GrpcStatus { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Istio's name for the destination, also where it does not exist; null where none was chosen.</summary>
    public string? ClusterName => Destination?.ClusterName ?? Cluster?.Spec.Name;

    /// <summary>From the request's beginning to that of the answer; null where an endpoint gave none.</summary>
    public TimeSpan? UpstreamTime { get; set; }

    /// <summary>The hop's span, where somebody listens.</summary>
    public Activity? Span { get; set; }

    /// <summary>Envoy's <c>%RESPONSE_CODE_DETAILS%</c>.</summary>
    public string? Details { get; set; }

    /// <summary>Where it is counted when neither endpoint nor cluster is known.</summary>
    public TrafficCell? OtherCell { get; set; }

    /// <summary>The cookie that a consistent hash gives a caller without one.</summary>
    public string? NewCookie { get; set; }

    /// <summary>The answer says that a limit was reached.</summary>
    public bool IsOverloaded { get; set; }

    /// <summary>The request's origin, where the route's CORS policy allows it.</summary>
    public string? AllowedOrigin { get; set; }

    public RetryState Retries { get; } = new();

    public UpstreamTransform Upstream { get; }

    public BodyMeter Bodies { get; }

    /// <summary>
    /// Both Content-Length and Transfer-Encoding: two readings of where the request ends, which is how requests are smuggled (RFC 9112, 6.1). Kestrel
    /// renames the length aside; Envoy refuses the request.
    /// </summary>
    public bool HasTwoLengths =>
        _context.Request.Headers.TransferEncoding.Count > 0
        && (_context.Request.Headers.ContentLength is not null || _context.Request.Headers.ContainsKey("X-Content-Length"));

    /// <summary>
    /// <c>CONNECT host:port</c>, which has no path. Istio's routes all ask for one, that of hosts nobody knows included, so that none takes it
    /// (<c>source/common/router/config_impl.cc: supportsPathlessHeaders</c> of envoyproxy/envoy).
    /// </summary>
    public bool IsTunnel =>
        HttpMethods.IsConnect(_context.Request.Method) && _context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true };

    /// <summary>Takes up the next request.</summary>
    public void Begin(IFeatureCollection features, long now)
    {
        _context.Initialize(features);
        StartedAt = now;
        var request = _context.Request;
        Target = RequestTarget.Read(request.Method, _context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        (Path, Query) = (Target.Path, Target.Query);
        IsGrpc = request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);
        Bodies.Attach(features);
    }

    /// <summary>Lets go of everything that belonged to the request.</summary>
    public void End()
    {
        _context.Uninitialize();
        Route = null;
        Destination = null;
        Cluster = null;
        Host = null;
        OtherCell = null;
        Flags = ResponseFlags.None;
        GrpcStatus = null;
        Attempts = 0;
        NewCookie = null;
        IsOverloaded = false;
        AllowedOrigin = null;
        Details = null;
        UpstreamTime = null;
        Span = null;
        Bodies.Detach();
        Upstream.Reset();
        Retries.Begin(null, null);
    }

    /// <summary>The changes that an answer undergoes on its way back, whoever gave it.</summary>
    public void FinishHeaders(IHeaderDictionary headers)
    {
        if (NewCookie is not null)
        {
            headers.Append("Set-Cookie", NewCookie);
        }

        Route?.Cors?.Decorate(this, headers);
        Destination?.ResponseHeaders?.Apply(headers);
        Route?.ResponseHeaders?.Apply(headers);
    }

    /// <summary>Notes a gRPC status as the wire has it.</summary>
    public void ReadGrpcStatus(string status) => GrpcStatus = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : GrpcStatus;

    /// <summary>What rules may ask about the request.</summary>
    public RequestFacts Facts()
    {
        var request = _context.Request;
        return new RequestFacts(request.Method, request.Scheme, request.Host.Value ?? "", Path, Query.Length > 0 ? Query[1..] : "", request.Headers);
    }
}
