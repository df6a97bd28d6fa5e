using System.Text;

namespace Bookinfo.Tests.Traffic.Conformance;

/// <summary>Counts the cases: known, decided as istiod decides, refused though istiod takes them, left out.</summary>
internal static class ConformanceSummary
{
    public static string Table(IReadOnlyList<ConformanceCase> cases)
    {
        var text = new StringBuilder();
        text.AppendLine("| Istio's test | known | as istiod | refused, istiod takes it | left out |").AppendLine("|---|---|---|---|---|");
        foreach (var source in cases.GroupBy(each => each.Source).OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            Row(text, source.Key, [.. source]);
        }

        Row(text, "**all**", cases);
        text.AppendLine();
        foreach (var reason in cases.Where(each => Reason(each) is not null).GroupBy(each => Reason(each)!).OrderByDescending(each => each.Count()).ThenBy(each => each.Key, StringComparer.Ordinal))
        {
            text.AppendLine(null, $"- {reason.Count()} × {reason.Key}");
        }

        return text.ToString();
    }

    private static string? Reason(ConformanceCase each) => each.LeftOut is not null ? $"left out: {each.LeftOut}" : each.Refused is not null ? $"refused: {each.Refused}" : null;

    private static void Row(StringBuilder text, string name, IReadOnlyList<ConformanceCase> cases)
    {
        var leftOut = cases.Count(each => each.LeftOut is not null);
        var refused = cases.Count(each => each.LeftOut is null && each.Refused is not null);
        text.AppendLine(null, $"| {name} | {cases.Count} | {cases.Count - leftOut - refused} | {refused} | {leftOut} |");
    }
}
