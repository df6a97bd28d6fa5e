using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Protocols of ports. Source: <c>pkg/config/protocol/instance.go</c>, which does not look at upper and lower case.</summary>
internal static class Protocols
{
    private static readonly string[] Served = ["HTTP", "HTTP2", "GRPC"];
    private static readonly string[] Known = ["TCP", "UDP", "GRPC-WEB", "HTTP_PROXY", "HTTPS", "TLS", "MONGO", "REDIS", "MYSQL"];

    public static void Check(RulePath path, string message, string protocol, Findings findings)
    {
        var name = protocol.ToUpperInvariant();
        if (Served.Contains(name))
        {
            return;
        }

        if (Known.Contains(name))
        {
            findings.Add(MessageTypes.Unsupported, path,
                $"the mesh does not support {protocol}: {UnsupportedFields.Reason(message, "protocol: " + name)}",
                $"use {Messages.OneOf(Served)}");
        }
        else
        {
            findings.Error(path, name.Length == 0 ? "a port needs a protocol" : $"{Messages.Quote(protocol)} is not a protocol",
                $"use {Messages.OneOf(Served)}");
        }
    }
}
