using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>
/// Which listeners have no certificate that they may take (<c>conversion.go: buildTLS</c>). The mesh does not read Secrets: those that a
/// listener may take are there.
/// </summary>
internal sealed class ListenerCertificates(ReferenceGrants grants)
{
    private readonly Dictionary<Listener, Refusal> _byListener = new(ReferenceEqualityComparer.Instance);

    /// <summary>Why a listener has no certificate; null where it has one or needs none.</summary>
    public Refusal? Of(Listener listener) => _byListener.GetValueOrDefault(listener);

    /// <param name="listener">A listener.</param>
    /// <param name="owner">The Gateway or ListenerSet that it is of.</param>
    public void Check(Listener listener, GatewayApiResource owner)
    {
        var forbidden = (listener.Tls?.CertificateRefs ?? []).Where(secret => secret.Namespace is { } named && named != owner.Namespace
            && !grants.Allow(owner, "", "Secret", named, secret.Name)).ToList();
        if (forbidden.Count > 0 && forbidden.Count == listener.Tls!.CertificateRefs.Count)
        {
            _byListener[listener] = new Refusal("RefNotPermitted",
                $"certificateRef {forbidden[0].Name}/{forbidden[0].Namespace} not accessible to a Gateway in namespace "
                + $"\"{owner.Namespace}\" (missing a ReferenceGrant?)");
        }
    }
}
