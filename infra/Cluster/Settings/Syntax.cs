using System.Net;
using System.Text.RegularExpressions;

namespace Bookinfo.Cluster.Settings;

/// <summary>
/// What values may look like, as the API server, the registries and the clouds check them; each rule names where it is written down.
/// </summary>
internal static partial class Syntax
{
    /// <summary>A namespace, a label of DNS (RFC 1123): apimachinery <c>IsDNS1123Label</c>.</summary>
    public static bool IsLabel(string text) => LabelText().IsMatch(text);

    /// <summary>The name of a Service, which begins with a letter (RFC 1035): apimachinery <c>IsDNS1035Label</c>.</summary>
    public static bool IsServiceName(string text) => IsLabel(text) && char.IsAsciiLetter(text[0]);

    /// <summary>The name of a Secret, a class or another object (RFC 1123 subdomain): apimachinery <c>IsDNS1123Subdomain</c>.</summary>
    public static bool IsObjectName(string text) => text.Length <= 253 && text.Split('.').All(IsLabel);

    /// <summary>A host name for an Ingress or a gateway: a subdomain, and no address.</summary>
    public static bool IsHostName(string text) => IsObjectName(text) && !IPAddress.TryParse(text, out _);

    /// <summary>What a browser can be pointed at: a host name or an address of IPv4 or IPv6, without brackets.</summary>
    public static bool IsHostOrAddress(string text) =>
        IsHostName(text) || (IPAddress.TryParse(text, out _) && !text.Contains('[', StringComparison.Ordinal));

    /// <summary>Registry and path of images, without tag and digest: distribution/reference <c>name</c>.</summary>
    public static bool IsRepository(string text) => text.Length <= 255 && RepositoryText().IsMatch(text);

    /// <summary>The tag of an image: distribution/reference <c>tag</c>.</summary>
    public static bool IsTag(string text) => TagText().IsMatch(text);

    /// <summary>The digest of an image.</summary>
    public static bool IsDigest(string text) => DigestText().IsMatch(text);

    /// <summary>A whole image: repository, and a tag or a digest or both. Without either, the registry's <c>latest</c> would run.</summary>
    public static bool IsImage(string text)
    {
        var (named, digest) = text.Split('@', 2) is [var before, var after] ? (before, after) : (text, null);
        var colon = named.IndexOf(':', Math.Max(0, named.LastIndexOf('/')));
        var (repository, tag) = colon < 0 ? (named, null) : (named[..colon], named[(colon + 1)..]);
        return IsRepository(repository) && (tag is null || IsTag(tag)) && (digest is null || IsDigest(digest))
            && (tag ?? digest) is not null;
    }

    /// <summary>The trust domain of a SPIFFE ID (SPIFFE-ID, section 2.1).</summary>
    public static bool IsTrustDomain(string text) => TrustDomainText().IsMatch(text);

    /// <summary>The address of a server over HTTP: scheme, host and perhaps a port and a path; no user, query or fragment.</summary>
    public static bool IsServerUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && url is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" } && !text.EndsWith('?') && !text.EndsWith('#')
            && !text.Contains(' ', StringComparison.Ordinal);

    /// <summary>A block of addresses without bits set after its prefix: parsing forgives those, the API server does not.</summary>
    public static bool IsNetwork(string text) => IPNetwork.TryParse(text, out var network)
        && IPAddress.TryParse(text.Split('/')[0], out var address) && network.BaseAddress.Equals(address);

    /// <summary>An ARN of a certificate in AWS' certificate manager, or of one that was uploaded to IAM.</summary>
    public static bool IsAwsCertificate(string text) => AwsCertificateText().IsMatch(text);

    /// <summary>A reference of OpenStack's Barbican: the URL of a secret or of a container.</summary>
    public static bool IsBarbicanReference(string text) => IsServerUrl(text) && BarbicanText().IsMatch(text);

    /// <summary>The name of a bucket (Amazon S3, general purpose buckets).</summary>
    public static bool IsBucket(string text) =>
        BucketText().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal) && !IPAddress.TryParse(text, out _);

    /// <summary>The key of an annotation: a name, with a domain and a slash before it (apimachinery <c>IsQualifiedName</c>).</summary>
    public static bool IsAnnotationKey(string text) => text.Split('/') switch
    {
        [var name] => AnnotationNameText().IsMatch(name),
        [var prefix, var name] => IsObjectName(prefix) && AnnotationNameText().IsMatch(name),
        _ => false,
    };

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex LabelText();

    [GeneratedRegex(
        @"^(([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[0-9]{1,5})?/)?"
        + @"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex RepositoryText();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex TagText();

    [GeneratedRegex(@"^sha256:[0-9a-f]{64}\z")]
    private static partial Regex DigestText();

    [GeneratedRegex(@"^[a-z0-9._-]{1,255}\z")]
    private static partial Regex TrustDomainText();

    [GeneratedRegex(@"^arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:[0-9]{12}:(certificate|server-certificate)/\S+\z")]
    private static partial Regex AwsCertificateText();

    [GeneratedRegex(@"/v1/(secrets|containers)/[0-9a-f-]+\z")]
    private static partial Regex BarbicanText();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketText();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex AnnotationNameText();
}
