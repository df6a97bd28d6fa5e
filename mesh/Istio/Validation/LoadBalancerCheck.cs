using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks load balancing (<c>validateLoadBalancer</c>).</summary>
internal static class LoadBalancerCheck
{
    private const ulong MaglevLimit = 5_000_011;

    /// <summary>The most points that Envoy puts on a ring (<c>ring_hash.proto: maximum_ring_size</c>).</summary>
    private const ulong LargestRing = 8_388_608;

    public static void Check(RulePath path, LoadBalancerSettings? settings, Findings findings)
    {
        if (settings is null)
        {
            return;
        }

        if (settings is { Simple: not null, ConsistentHash: not null })
        {
            findings.Error(path.Field("consistentHash"), "consistentHash cannot stand beside simple", "keep one of the two");
        }

        if (settings.ConsistentHash is { } hash)
        {
            Hash(path.Field("consistentHash"), hash, findings);
        }

        if (settings.Warmup is { } warmup)
        {
            var at = path.Field("warmup");
            CommonCheck.Duration(at.Field("duration"), warmup.Duration, findings);
            findings.Range(at.Field("minimumPercent"), warmup.MinimumPercent, 0, 100, "a percentage");
            if (warmup.Aggression is <= 0)
            {
                findings.Error(at.Field("aggression"), "aggression is above 0", "use 1 for a straight line");
            }
        }
    }

    private static void Hash(RulePath path, ConsistentHashLb hash, Findings findings)
    {
        var keys = new[] { hash.HttpHeaderName is not null, hash.HttpCookie is not null, hash.UseSourceIp,
            hash.HttpQueryParameterName is not null }.Count(set => set);
        if (keys != 1)
        {
            findings.Error(
                path, keys == 0 ? "consistentHash needs a key" : "consistentHash has only one key",
                    "use one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName");
        }

        if (hash is { RingHash: not null, Maglev: not null })
        {
            findings.Error(path.Field("maglev"), "maglev cannot stand beside ringHash", "keep one of the two");
        }

        if (hash.HttpHeaderName is not null && !HeadersCheck.IsName(hash.HttpHeaderName))
        {
            findings.Error(path.Field("httpHeaderName"), $"{Messages.Quote(hash.HttpHeaderName)} is not a name for a header");
        }

        if (hash.HttpQueryParameterName is "")
        {
            findings.Error(path.Field("httpQueryParameterName"), "a query parameter needs a name");
        }

        if (hash.HttpCookie is not null)
        {
            Cookie(path.Field("httpCookie"), hash.HttpCookie, findings);
        }

        if (hash.RingHash?.MinimumRingSize > LargestRing)
        {
            findings.Error(path.Field("ringHash").Field("minimumRingSize"), $"a ring has at most {LargestRing} points",
                $"use 1 to {LargestRing}");
        }

        if (hash.RingHash?.MinimumRingSize == 0)
        {
            // Envoy's ring is then empty, and no host is chosen (ring_hash_lb.cc: chooseHost).
            findings.Error(path.Field("ringHash").Field("minimumRingSize"), "a ring without points has no host: every request gets 503",
                "leave the field out, or use 1 or more");
        }

        if (hash.Maglev is not null && (hash.Maglev.TableSize is null or 0 or >= MaglevLimit || !IsPrime(hash.Maglev.TableSize.Value)))
        {
            var size = hash.Maglev.TableSize is { } given ? $"{given} is not a size for maglev's table"
                : "maglev needs the size of its table";
            findings.Error(path.Field("maglev").Field("tableSize"), size, $"use a prime below {MaglevLimit}, such as 65537");
        }
    }

    private static void Cookie(RulePath path, HttpCookie cookie, Findings findings)
    {
        if (!HeadersCheck.IsName(cookie.Name))
        {
            findings.Error(path.Field("name"),
                cookie.Name.Length == 0 ? "a cookie needs a name" : $"{Messages.Quote(cookie.Name)} is not a name for a cookie");
        }

        if (cookie.Ttl < TimeSpan.Zero)
        {
            findings.Error(path.Field("ttl"), "ttl must not be negative", "use 0s for a cookie of the session");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < cookie.Attributes.Count; i++)
        {
            var at = path.Field("attributes").Item(i).Field("name");
            if (cookie.Attributes[i].Name.Length == 0)
            {
                findings.Error(at, "an attribute needs a name");
            }
            else if (!names.Add(cookie.Attributes[i].Name))
            {
                findings.Error(at, $"the attribute {cookie.Attributes[i].Name} is there twice");
            }
        }
    }

    private static bool IsPrime(ulong number)
    {
        if (number % 2 == 0)
        {
            return number == 2;
        }

        for (ulong factor = 3; factor * factor <= number; factor += 2)
        {
            if (number % factor == 0)
            {
                return false;
            }
        }

        return number > 1;
    }
}
