using System.Globalization;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// One request on its way, and what is learnt about it. Kestrel keeps the object with the connection (or stream) and hands it out again for the
/// next request, so that a request allocates nothing for it.
/// </summary>
internal sealed class Exchange
{
    private readonly DefaultHttpContext _context = new();

    public Exchange()
    {
        Upstream = new UpstreamTransform(this);
        Bodies = new BodyMeter();
    }

    public HttpContext Context => _context;

    /// <summary>The rules for the whole of this request, whatever is put into force meanwhile.</summary>
    public required RuleTables Rules { get; set; }

    public required Caller Caller { get; set; }

    /// <summary>When it came, in the ticks of the mesh's clock.</summary>
    public long StartedAt { get; private set; }

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

    /// <summary>Envoy's <c>%RESPONSE_CODE_DETAILS%</c>.</summary>
    public string? Details { get; set; }

    /// <summary>Where it is counted when neither endpoint nor cluster is known.</summary>
    public TrafficCell? OtherCell { get; set; }

    public UpstreamTransform Upstream { get; }

    public BodyMeter Bodies { get; }

    /// <summary>Takes up the next request.</summary>
    public void Begin(IFeatureCollection features, long now)
    {
        _context.Initialize(features);
        StartedAt = now;
        var request = _context.Request;
        (Path, Query) = RequestTarget.Read(_context.Features.GetRequiredFeature<IHttpRequestFeature>());
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
        Details = null;
        Bodies.Detach();
        Upstream.Reset();
    }

    /// <summary>Notes the gRPC status that an answer without a body carries in its headers.</summary>
    public void ReadGrpcStatus(IHeaderDictionary headers)
    {
        if (IsGrpc && headers.TryGetValue("grpc-status", out var status))
        {
            ReadGrpcStatus(status.ToString());
        }
    }

    public void ReadGrpcStatus(string status) => GrpcStatus = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : GrpcStatus;

    /// <summary>What rules may ask about the request.</summary>
    public RequestFacts Facts()
    {
        var request = _context.Request;
        return new RequestFacts(request.Method, request.Scheme, request.Host.Value ?? "", Path, Query.Length > 0 ? Query[1..] : "", request.Headers);
    }
}
