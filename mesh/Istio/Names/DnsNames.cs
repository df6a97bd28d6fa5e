using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// Names as DNS and Kubernetes have them. Source of the rules: <c>pkg/config/labels/instance.go</c> and
/// <c>pkg/config/validation/agent/validation.go</c> of istio/istio.
/// </summary>
internal static class DnsNames
{
    private const int LongestLabel = 63;
    private const int LongestName = 253;
    private const int LongestHost = 255;

    private const string InLabels = "-";
    private const string InTags = "-_.";

    /// <summary>
    /// Letters, digits and hyphens, at most 63, neither first nor last a hyphen (<c>IsDNS1123Label</c>, which takes capitals too).
    /// </summary>
    public static bool IsDnsLabel(ReadOnlySpan<char> text) => text.Length <= LongestLabel && HasOnly(text, InLabels);

    /// <summary>The name of a Kubernetes resource.</summary>
    public static bool IsDnsSubdomain(string text)
    {
        if (text.Length > LongestName || text.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0)
        {
            return false;
        }

        foreach (var part in text.AsSpan().Split('.'))
        {
            if (!HasOnly(text.AsSpan()[part], InLabels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value of a label: empty, or up to 63 letters, digits, hyphens, dots and underscores.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || HasOnly(text, InTags);

    /// <summary>The key of a label: a name, with or without a DNS name and a slash before it.</summary>
    public static bool IsLabelKey(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = text.AsSpan(slash + 1);
        return name.Length <= LongestLabel && HasOnly(name, InTags)
            && (slash < 0 || (slash <= LongestName && AreLabels(text.AsSpan(0, slash))));
    }

    /// <summary>What is wrong with a host name without wildcard (<c>ValidateFQDN</c>); null where nothing is.</summary>
    public static string? FindHostError(string host) => FindLengthError(host) ?? FindLabelsError(host, host);

    /// <summary>
    /// What is wrong with a host name that may start with a wildcard (<c>ValidateWildcardDomain</c>); null where nothing is.
    /// </summary>
    public static string? FindWildcardHostError(string host)
    {
        if (FindLengthError(host) is { } error)
        {
            return error;
        }

        var dot = host.IndexOf('.', StringComparison.Ordinal);
        var first = dot < 0 ? host : host[..dot];
        var plain = first.AsSpan(first.StartsWith("*-", StringComparison.Ordinal) ? 2 : first.StartsWith('*') ? 1 : 0);
        if (first.Length > LongestLabel || !(first == "*" || IsDnsLabel(plain)))
        {
            return FindLabelError(first);
        }

        return dot < 0 ? null : FindLabelsError(host, host[(dot + 1)..]);
    }

    private static string? FindLengthError(string host) => host.Length switch
    {
        0 => "a host name is required",
        > LongestHost => $"a host name has at most {LongestHost} characters, this one {host.Length}",
        _ => null,
    };

    private static string? FindLabelsError(string host, string rest)
    {
        var labels = rest.Split('.');
        if (labels[^1].Length > 0 && !labels[^1].AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return $"{Messages.Quote(host)} is not a host name: the last part cannot be only a number";
        }

        // An empty last label is the dot at the end of an absolute name.
        var count = labels is [.., ""] and not [""] ? labels.Length - 1 : labels.Length;
        return labels.Take(count).FirstOrDefault(label => !IsDnsLabel(label)) is { } wrong ? FindLabelError(wrong) : null;
    }

    private static string FindLabelError(string label) => label.Length == 0
        ? "a part of the host name is empty"
        : label.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !label.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9')
            ? $"a host has no port: leave out {label[colon..]}"
        : label.Contains('*', StringComparison.Ordinal)
            ? $"{Messages.Quote(label)} is not a part of a host name: a wildcard is the whole first part, *.example.com"
            : $"{Messages.Quote(label)} is not a part of a host name: letters, digits and hyphens, at most {LongestLabel}";

    private static bool AreLabels(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (!HasOnly(text[part], InLabels))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOnly(ReadOnlySpan<char> text, string others) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && Characters.AreLettersDigitsOr(text, others);
}
