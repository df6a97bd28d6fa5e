using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Sessions;

/// <summary>Gives the client the token of its session with the answer of a pod.</summary>
internal sealed class SessionToken(StatefulSession session, Exchange exchange, HeldSession? held) : IResponseFilter
{
    public void Apply(IHeaderDictionary headers)
    {
        if (exchange is not { Details: Exchange.ViaUpstream, Host: { } host, ClusterName: { } cluster })
        {
            return;
        }

        var answered = new HeldSession(cluster, host.Endpoint.Address);
        if (answered != held)
        {
            var (name, value) = session.Header(answered);
            headers.Append(name, value);
        }
    }
}
