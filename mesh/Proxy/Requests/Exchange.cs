using System.Diagnostics;
using System.Globalization;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// One request on its way, and what is learnt about it. Kestrel keeps the object with the connection (or stream) and hands it out again for
/// the next request, so that a request allocates nothing for it.
/// </summary>
internal sealed class Exchange
{
    /// <summary>The <see cref="Details"/> of an answer that a pod gave.</summary>
    public const string ViaUpstream = "via_upstream";

    private const string GrpcType = "application/grpc";

    private readonly DefaultHttpContext _context = new();
    private readonly List<IResponseFilter> _responseFilters = [];
    private string? _readTarget;
    private string? _readMethod;
    private RequestTarget _read;
    private string _queryText = "";

    public HttpContext Context => _context;

    public required Caller Caller { get; set; }

    /// <summary>The mesh has no files left for what it would open.</summary>
    public bool HasNoRoom { get; set; }

    /// <summary>When it came, in the ticks of the mesh's clock.</summary>
    public long StartedAt { get; private set; }

    /// <summary>The target as it came.</summary>
    public RequestTarget Target { get; private set; }

    /// <summary>The path on its way to the destination: normalized, and rewritten where the route says so.</summary>
    public string Path { get; set; } = "/";

    /// <summary>The query with its question mark; empty where there is none.</summary>
    public string Query { get; private set; } = "";

    public bool IsGrpc { get; private set; }

    /// <summary>The name of the route it takes, for the access log; null where there is none.</summary>
    public string? RouteName { get; set; }

    /// <summary>Istio's name for the destination, also where it does not exist; null where none was chosen.</summary>
    public string? ClusterName { get; set; }

    /// <summary>Where it is counted as long as no endpoint is known; null where not even the destination is.</summary>
    public TrafficSeries? Series { get; set; }

    /// <summary>The endpoint that the last try went to.</summary>
    public UpstreamHost? Host { get; set; }

    public ResponseFlags Flags { get; set; }

    public int? GrpcStatus { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>From the request's beginning to that of the answer; null where an endpoint gave none.</summary>
    public TimeSpan? UpstreamTime { get; set; }

    /// <summary>The hop's span, where somebody listens.</summary>
    public Activity? Span { get; set; }

    /// <summary>The time that it has with all its attempts, from its end on; null for as long as it takes.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Envoy's <c>%RESPONSE_CODE_DETAILS%</c>.</summary>
    public string? Details { get; set; }

    /// <summary>The endpoint that the request's session is at; null for none.</summary>
    public UpstreamHost? Preferred { get; set; }

    /// <summary>The cookie that a consistent hash gives a caller without one.</summary>
    public string? NewCookie { get; set; }

    /// <summary>The answer says that a limit was reached.</summary>
    public bool IsOverloaded { get; set; }

    public BodyMeter Bodies { get; } = new();

    /// <summary>What the forwarder keeps from one request to the next, to use it again; null before the first.</summary>
    public object? Forwarding { get; set; }

    /// <summary>
    /// <c>CONNECT host:port</c>, which has no path. Istio's routes all ask for one, that of unknown hosts included, so that none takes
    /// it (<c>source/common/router/config_impl.cc: supportsPathlessHeaders</c> of envoyproxy/envoy).
    /// </summary>
    public bool IsTunnel =>
        HttpMethods.IsConnect(_context.Request.Method)
            && _context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true };

    /// <summary>Takes up the next request.</summary>
    public void Begin(IFeatureCollection features, long now)
    {
        _context.Initialize(features);
        StartedAt = now;
        var request = _context.Request;
        Target = ReadTarget(request);
        Path = Target.Path;
        if (!ReferenceEquals(Query, Target.Query))
        {
            Query = Target.Query;
            _queryText = Query.Length > 0 ? Query[1..] : "";
        }

        IsGrpc = IsGrpcType(request.ContentType);
        Bodies.Attach(features);
    }

    private RequestTarget ReadTarget(HttpRequest request)
    {
        var target = _context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (HttpProtocol.IsHttp2(request.Protocol))
        {
            return RequestTarget.ReadHttp2(request.Method, target) with { Scheme = request.Scheme };
        }

        // As long as a connection asks for the same target, Kestrel hands out the same text.
        if (!ReferenceEquals(target, _readTarget) || request.Method != _readMethod)
        {
            (_readTarget, _readMethod, _read) = (target, request.Method, RequestTarget.Read(request.Method, target));
        }

        if (_read.Authority is not null)
        {
            request.Headers.Host = _read.Authority;
        }

        return _read;
    }

    /// <summary>Lets go of everything that belonged to the request.</summary>
    public void End()
    {
        _context.Uninitialize();
        RouteName = null;
        ClusterName = null;
        Series = null;
        Host = null;
        Flags = ResponseFlags.None;
        GrpcStatus = null;
        Attempts = 0;
        NewCookie = null;
        Preferred = null;
        IsOverloaded = false;
        Details = null;
        UpstreamTime = null;
        Timeout = null;
        Span = null;
        Bodies.Detach();
        _responseFilters.Clear();
    }

    /// <summary>Adds a filter behind those that are there; null adds none.</summary>
    public void AddResponseFilter(IResponseFilter? filter)
    {
        if (filter is not null)
        {
            _responseFilters.Add(filter);
        }
    }

    /// <summary>The changes that an answer undergoes on its way back, whoever gave it.</summary>
    /// <remarks>
    /// The router writes how long the pod took before the route's changes; the connection manager names the server after them
    /// (<c>router.cc: onUpstreamHeaders</c>; <c>conn_manager_impl.cc: encodeHeaders</c>).
    /// </remarks>
    public void FinishHeaders(IHeaderDictionary headers)
    {
        if (Details == ViaUpstream && UpstreamTime is { } took)
        {
            headers["x-envoy-upstream-service-time"] = ((long)took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }

        if (NewCookie is not null)
        {
            headers.Append("Set-Cookie", NewCookie);
        }

        foreach (var filter in _responseFilters)
        {
            filter.Apply(headers);
        }

        NameServer(headers);
    }

    /// <summary>Says who answers, whoever the pod says it is (<c>pilot/pkg/networking/util/proxy_headers.go</c> of istio/istio).</summary>
    public void NameServer(IHeaderDictionary headers) => headers.Server = Caller.IsGateway ? "istio-envoy" : "envoy";

    /// <summary>What rules may ask about the request.</summary>
    public RequestInfo ReadInfo()
    {
        var request = _context.Request;
        return new RequestInfo(request.Method, request.Scheme, request.Host.Value ?? "", Path, _queryText, request.Headers);
    }

    /// <summary>
    /// <c>application/grpc</c>, alone or with a <c>+</c> behind it; not <c>grpc-web</c> (<c>source/common/grpc/common.cc:
    /// hasGrpcContentType</c>).
    /// </summary>
    public static bool IsGrpcType(string? contentType) =>
        contentType is not null && contentType.StartsWith(GrpcType, StringComparison.Ordinal)
        && (contentType.Length == GrpcType.Length || contentType[GrpcType.Length] == '+');
}
