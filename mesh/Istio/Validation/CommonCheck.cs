using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks that several kinds share.</summary>
internal static class CommonCheck
{
    /// <summary>The runtime's timers count milliseconds in 32 bits: 49 days. Istio takes any duration.</summary>
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(1190);

    public static void Port(RulePath path, int? port, Findings findings) => findings.Range(path, port, 1, ushort.MaxValue, "a port");

    public static void PortName(RulePath path, string name, Findings findings)
    {
        if (name.Length == 0)
        {
            findings.Error(path, "a port needs a name", "write name: http");
        }
        else if (!DnsNames.IsDnsLabel(name))
        {
            findings.Error(path.Field("name"), $"{Messages.Quote(name)} is not a name for a port",
                "use letters, digits and hyphens, such as http");
        }
    }

    /// <summary>At least a millisecond, and whole ones (<c>ValidateDuration</c>).</summary>
    public static void Duration(RulePath path, TimeSpan? duration, Findings findings)
    {
        if (duration is not { } given)
        {
            return;
        }

        if (given < TimeSpan.FromMilliseconds(1))
        {
            findings.Error(path, "a duration is at least 1ms", "leave the field out if none is wanted");
        }
        else if (given.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            findings.Error(path, "a duration has whole milliseconds", "write it as 100ms or 1.5s");
        }
        else if (given > LongestDuration)
        {
            findings.Add(
                MessageTypes.Unsupported, path,
                    $"the mesh does not support a duration above {LongestDuration.TotalHours}h: its timers reach no further",
                        "use a shorter one");
        }
    }

    /// <summary>
    /// A text that goes into a header or a request line as it is; Envoy refuses control characters (<c>HTTP_HEADER_VALUE</c> in its proto).
    /// </summary>
    public static bool HeaderText(RulePath path, string? text, Findings findings)
    {
        var isClean = text is null || !text.Any(c => char.IsControl(c));
        if (!isClean)
        {
            findings.Error(path, $"{Messages.Quote(text!)} has a control character", "leave it out");
        }

        return isClean;
    }

    public static void Labels(RulePath path, IReadOnlyDictionary<string, string> labels, Findings findings)
    {
        foreach (var (key, value) in labels)
        {
            if (!DnsNames.IsLabelKey(key))
            {
                findings.Error(path.Key(key), $"{Messages.Quote(key)} is not a key of a label",
                    "use letters, digits, hyphens, dots and underscores, such as version");
            }

            if (!DnsNames.IsLabelValue(value))
            {
                findings.Error(path.Key(key), $"{Messages.Quote(value)} is not a value of a label",
                    "use letters, digits, hyphens, dots and underscores");
            }
        }
    }

    /// <summary>A wildcard name, an error of which <paramref name="isAllowed"/> may forgive.</summary>
    public static bool WildcardHost(RulePath path, string host, Findings findings, Predicate<string>? isAllowed = null)
    {
        if (host.Length == 0)
        {
            findings.Error(path.Parent, "a host is required");
            return false;
        }

        if (DnsNames.FindWildcardHostError(host) is { } error && isAllowed?.Invoke(host) != true)
        {
            findings.Error(path, error);
            return false;
        }

        return true;
    }

    /// <summary>Namespaces that see a resource (<c>validateExportTo</c>).</summary>
    public static void ExportTo(Resource resource, IReadOnlyList<string> exportTo, Findings findings, bool allowsNone = false)
    {
        var path = Findings.Spec.Field("exportTo");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < exportTo.Count; i++)
        {
            var name = exportTo[i] == "." ? resource.Namespace : exportTo[i];
            if (!seen.Add(name))
            {
                findings.Error(path.Item(i),
                    $"{Messages.Quote(exportTo[i])} is there twice{(exportTo[i] == "." ? ": . is the namespace itself" : "")}");
            }
            else if (name is not "*" && !(name == "~" && allowsNone) && !DnsNames.IsDnsLabel(name))
            {
                findings.Error(path.Item(i), $"{Messages.Quote(name)} is not a namespace", "use . for its own, * for all, or a name");
            }
        }

        if (exportTo.Count > 1 && (seen.Contains("*") || (allowsNone && seen.Contains("~"))))
        {
            findings.Error(path, seen.Contains("*") ? "* already means every namespace" : "~ means no namespace",
                "keep only that, or name namespaces");
        }
    }
}
