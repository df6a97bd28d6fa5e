using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of load balancing.</summary>
internal static class LoadBalancerFields
{
    public static LoadBalancerSettings Read(ObjectReader settings) => new()
    {
        Simple = settings.Name("simple", EnumNames.SimpleLb),
        ConsistentHash = settings.Object("consistentHash", "ConsistentHashLB", Hash),
        Warmup = Warmup(settings),
    };

    private static ConsistentHashLb Hash(ObjectReader hash)
    {
        var ring = hash.Object("ringHash", "RingHash", each => new RingHash { MinimumRingSize = each.UInt64("minimumRingSize") });
        var maglev = hash.Object("maglev", "MagLev", each => new MagLev { TableSize = each.UInt64("tableSize") });
        if (hash.UInt64("minimumRingSize") is > 0 and var size)
        {
            Deprecated.Note(hash, "minimumRingSize", "ringHash: {minimumRingSize: ...}");
            if (ring is not null || maglev is not null)
            {
                hash.Error("minimumRingSize", "minimumRingSize is set beside ringHash or maglev", "keep one of them");
            }

            ring ??= new RingHash { MinimumRingSize = size };
        }

        return new ConsistentHashLb
        {
            HttpHeaderName = hash.Text("httpHeaderName"),
            HttpCookie = hash.Object("httpCookie", "HTTPCookie", Cookie),
            UseSourceIp = hash.Boolean("useSourceIp") ?? false,
            HttpQueryParameterName = hash.Text("httpQueryParameterName"),
            RingHash = ring,
            Maglev = maglev,
        };
    }

    private static HttpCookie Cookie(ObjectReader cookie) => new()
    {
        Name = cookie.Text("name") ?? "",
        Path = cookie.Text("path") is { Length: > 0 } path ? path : null,
        Ttl = cookie.Duration("ttl"),
        Attributes = cookie.Objects(
            "attributes",
            "HTTPCookie.Attribute",
            each => new HttpCookieAttribute
            {
                Name = each.Text("name") ?? "",
                Value = each.Text("value") is { Length: > 0 } value ? value : null
            }),
    };

    private static WarmupConfiguration? Warmup(ObjectReader settings)
    {
        var warmup = settings.Object("warmup", "WarmupConfiguration", Warmed);
        if (settings.Duration("warmupDurationSecs") is not { } duration)
        {
            return warmup;
        }

        Deprecated.Note(settings, "warmupDurationSecs", "warmup: {duration: ...}");
        if (settings.Has("warmup"))
        {
            settings.Error("warmupDurationSecs", "warmupDurationSecs is set beside warmup", "keep warmup");
        }

        return warmup ?? new WarmupConfiguration { Duration = duration };
    }

    private static WarmupConfiguration Warmed(ObjectReader warmup)
    {
        var duration = warmup.Duration("duration");
        if (!warmup.Has("duration"))
        {
            warmup.Error("duration", "a duration is required", "write duration: 30s");
        }

        return new WarmupConfiguration
        {
            Duration = duration ?? TimeSpan.Zero,
            MinimumPercent = warmup.Number("minimumPercent"),
            Aggression = warmup.Number("aggression"),
        };
    }
}
