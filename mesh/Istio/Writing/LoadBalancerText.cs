using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the settings of load balancing.</summary>
internal sealed class LoadBalancerText(ObjectWriter fields)
{
    public void Write(LoadBalancerSettings settings)
    {
        fields.Name("simple", settings.Simple, EnumNames.SimpleLb);
        fields.Object("consistentHash", settings.ConsistentHash, Hash);
        fields.Object("warmup", settings.Warmup, warmup =>
        {
            fields.Duration("duration", warmup.Duration);
            fields.Number("minimumPercent", warmup.MinimumPercent);
            fields.Number("aggression", warmup.Aggression);
        });
    }

    private void Hash(ConsistentHashLb hash)
    {
        fields.Text("httpHeaderName", hash.HttpHeaderName);
        fields.Object("httpCookie", hash.HttpCookie, Cookie);
        fields.Flag("useSourceIp", hash.UseSourceIp);
        fields.Text("httpQueryParameterName", hash.HttpQueryParameterName);
        fields.Object("ringHash", hash.RingHash, ring => fields.Number("minimumRingSize", ring.MinimumRingSize));
        fields.Object("maglev", hash.Maglev, maglev => fields.Number("tableSize", maglev.TableSize));
    }

    private void Cookie(HttpCookie cookie)
    {
        fields.Text("name", cookie.Name);
        fields.Text("path", cookie.Path);
        fields.Duration("ttl", cookie.Ttl);
        fields.Objects("attributes", cookie.Attributes, attribute =>
        {
            fields.Text("name", attribute.Name);
            fields.Text("value", attribute.Value);
        });
    }
}
