using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bookinfo.Mesh.KubernetesApi.Serving;

/// <summary>
/// The certificate of one start. It is needed because clients send a token only over TLS (client-go:
/// <c>tools/clientcmd/client_config.go: ClientConfig</c>); the kubeconfig carries it, so that clients trust it and no other program has to.
/// </summary>
internal static class ServerCertificate
{
    /// <summary>Makes one for loopback.</summary>
    /// <param name="now">The time now; the certificate is good for a year.</param>
    public static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bookinfo-lab", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }
}
