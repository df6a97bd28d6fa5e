using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the settings of load balancing.</summary>
internal sealed class LoadBalancerText(YamlWriter yaml)
{
    public void Write(LoadBalancerSettings settings)
    {
        yaml.Name("simple", settings.Simple, EnumNames.SimpleLb);
        yaml.Object("consistentHash", settings.ConsistentHash, Hash);
        yaml.Object("warmup", settings.Warmup, warmup =>
        {
            yaml.Duration("duration", warmup.Duration);
            yaml.Number("minimumPercent", warmup.MinimumPercent);
            yaml.Number("aggression", warmup.Aggression);
        });
    }

    private void Hash(ConsistentHashLb hash)
    {
        yaml.Text("httpHeaderName", hash.HttpHeaderName);
        yaml.Object("httpCookie", hash.HttpCookie, Cookie);
        yaml.Flag("useSourceIp", hash.UseSourceIp);
        yaml.Text("httpQueryParameterName", hash.HttpQueryParameterName);
        yaml.Object("ringHash", hash.RingHash, ring => yaml.Number("minimumRingSize", ring.MinimumRingSize));
        yaml.Object("maglev", hash.Maglev, maglev => yaml.Number("tableSize", maglev.TableSize));
    }

    private void Cookie(HttpCookie cookie)
    {
        yaml.Text("name", cookie.Name);
        yaml.Text("path", cookie.Path);
        yaml.Duration("ttl", cookie.Ttl);
        yaml.Objects("attributes", cookie.Attributes, attribute =>
        {
            yaml.Text("name", attribute.Name);
            yaml.Text("value", attribute.Value);
        });
    }
}
