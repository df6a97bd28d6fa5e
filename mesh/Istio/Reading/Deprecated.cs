using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Fields that Istio still takes and that have a successor. They are read into the successor, which is said.</summary>
internal static class Deprecated
{
    /// <summary>A whole number of percent.</summary>
    public static int? Percent(ObjectReader owner, string name, string successor)
    {
        var percent = owner.Int32(name);
        if (percent is null)
        {
            return null;
        }

        // Istio's analyzer warns of a share that is not zero (analyzers/deprecation/deprecation.go).
        owner.Remark(
            percent > 0 && name == "percent" ? MessageTypes.Deprecated : MessageTypes.DeprecatedSpelling, name, $"{name} is deprecated",
                $"use {successor}");
        if (percent is >= 0 and <= 100)
        {
            return percent;
        }

        owner.Error(name, $"{percent} is not a percentage", "use 0 to 100");
        return null;
    }

    public static void Note(ObjectReader owner, string name, string successor) =>
        owner.Remark(MessageTypes.DeprecatedSpelling, name, $"{name} is deprecated", $"use {successor}");
}
