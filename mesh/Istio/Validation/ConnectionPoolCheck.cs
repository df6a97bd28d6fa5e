using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a connection pool's limits (<c>validateConnectionPool</c>).</summary>
internal static class ConnectionPoolCheck
{
    private const int MostProbes = 127;
    private const int LongestKeepalive = 32767;

    public static void Check(RulePath path, ConnectionPoolSettings? settings, Findings findings)
    {
        if (settings is null)
        {
            return;
        }

        if (settings is { Tcp: null, Http: null })
        {
            findings.Error(path, "a connection pool has at least one setting", "add tcp or http");
        }

        if (settings.Tcp is { } tcp)
        {
            Tcp(path.Field("tcp"), tcp, findings);
        }

        if (settings.Http is { } http)
        {
            Http(path.Field("http"), http, findings);
        }
    }

    private static void Tcp(RulePath path, TcpSettings tcp, Findings findings)
    {
        findings.Range(path.Field("maxConnections"), tcp.MaxConnections, 0, int.MaxValue, "the number of connections");
        CommonCheck.Duration(path.Field("connectTimeout"), tcp.ConnectTimeout, findings);
        CommonCheck.Duration(path.Field("maxConnectionDuration"), tcp.MaxConnectionDuration, findings);

        // 0s switches the timeout off.
        CommonCheck.Duration(path.Field("idleTimeout"), tcp.IdleTimeout == TimeSpan.Zero ? null : tcp.IdleTimeout, findings);
        if (tcp.TcpKeepalive is { } keepalive)
        {
            Keepalive(path.Field("tcpKeepalive"), keepalive, findings);
        }
    }

    /// <summary>
    /// What Linux takes (tcp(7): <c>TCP_KEEPCNT</c>, <c>TCP_KEEPIDLE</c>, <c>TCP_KEEPINTVL</c>). istiod takes more, and then each
    /// connection of Envoy's fails (<c>source/common/network/socket_option_impl.cc</c>).
    /// </summary>
    private static void Keepalive(RulePath path, TcpKeepalive keepalive, Findings findings)
    {
        if (keepalive.Probes > MostProbes)
        {
            findings.Add(MessageTypes.Unsupported, path.Field("probes"),
                $"the system takes at most {MostProbes} probes, and with more no connection is opened", $"use 0 to {MostProbes}");
        }

        WholeSeconds(path.Field("time"), keepalive.Time, findings);
        WholeSeconds(path.Field("interval"), keepalive.Interval, findings);
    }

    /// <summary>istiod cuts to whole seconds (<c>pilot/pkg/networking/core/cluster.go: setKeepAliveSettings</c>).</summary>
    private static void WholeSeconds(RulePath path, TimeSpan? duration, Findings findings)
    {
        if (duration?.TotalSeconds is >= 0.001 and < 1 or >= LongestKeepalive + 1)
        {
            findings.Add(MessageTypes.Unsupported, path,
                $"the system takes 1s to {LongestKeepalive}s, and with anything else no connection is opened",
                $"use 1s to {LongestKeepalive}s");
        }
        else
        {
            CommonCheck.Duration(path, duration, findings);
        }
    }

    private static void Http(RulePath path, HttpSettings http, Findings findings)
    {
        findings.Range(path.Field("http1MaxPendingRequests"), http.Http1MaxPendingRequests, 0, int.MaxValue,
            "the number of waiting requests");
        findings.Range(path.Field("http2MaxRequests"), http.Http2MaxRequests, 0, int.MaxValue, "the number of requests");
        findings.Range(path.Field("maxRequestsPerConnection"), http.MaxRequestsPerConnection, 0, int.MaxValue, "the number of requests");
        findings.Range(path.Field("maxRetries"), http.MaxRetries, 0, int.MaxValue, "the number of retries");
        findings.Range(path.Field("maxConcurrentStreams"), http.MaxConcurrentStreams, 0, int.MaxValue, "the number of streams");
        CommonCheck.Duration(path.Field("idleTimeout"), http.IdleTimeout, findings);
        if (http is { H2UpgradePolicy: H2UpgradePolicy.Upgrade, UseClientProtocol: true })
        {
            findings.Error(path.Field("useClientProtocol"), "useClientProtocol cannot stand beside h2UpgradePolicy: UPGRADE",
                "keep one of the two");
        }

        if (http.Http2KeepAlive is not { } keepalive)
        {
            return;
        }

        var at = path.Field("http2KeepAlive");
        if (keepalive.Interval is null || keepalive.Timeout is null)
        {
            findings.Error(at, "http2KeepAlive has both interval and timeout");
        }

        CommonCheck.Duration(at.Field("interval"), keepalive.Interval, findings);
        CommonCheck.Duration(at.Field("timeout"), keepalive.Timeout, findings);
        Second(at.Field("interval"), keepalive.Interval, findings);
        Second(at.Field("timeout"), keepalive.Timeout, findings);
    }

    /// <summary>The runtime's HTTP/2 client pings at most once a second; Envoy takes a millisecond.</summary>
    private static void Second(RulePath path, TimeSpan? duration, Findings findings)
    {
        if (duration is { } given && given >= TimeSpan.FromMilliseconds(1) && given < TimeSpan.FromSeconds(1))
        {
            findings.Add(MessageTypes.Unsupported, path, "the mesh does not support less than 1s here: it pings at most once a second",
                "use 1s or more");
        }
    }
}
