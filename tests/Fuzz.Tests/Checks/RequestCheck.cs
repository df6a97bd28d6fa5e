using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Checks;

/// <summary>Compares a request at a pod with the one that its caller sent, byte for byte, under the rules in force.</summary>
public static class RequestCheck
{
    public static IEnumerable<Finding> Compare(SentRequest sent, PodRequest arrived, RuleMix rules)
    {
        if (IsUnusedHost(sent, arrived))
        {
            return [];
        }

        if ((sent.Refusal ?? (arrived.IsWhole ? sent.LateRefusal : null)) is { } refusal)
        {
            return [new Finding(FindingKind.BadRequestPassed, refusal.Split(':')[0],
                $"A request that has to be refused reached {arrived.Pod}: {refusal}.", arrived)];
        }

        var expected = rules.Apply(sent);
        return [.. CompareLine(expected, arrived), .. CompareFields(sent, expected, arrived), .. CompareBody(sent, arrived),
            .. CompareTrailers(sent, arrived)];
    }

    /// <summary>
    /// Where the target is in absolute form, its authority stands for Host (RFC 9112, 3.2.2), and the server forgets what Host was: a
    /// control character there is not seen, and does not reach the pod.
    /// </summary>
    private static bool IsUnusedHost(SentRequest sent, PodRequest arrived) =>
        sent.Refusal?.StartsWith("a field value with a control character: Host:", StringComparison.OrdinalIgnoreCase) == true
        && RequestRules.AuthorityFault(arrived.Authority) is null;

    /// <summary>
    /// One line <c>a, b</c> and two lines <c>a</c> and <c>b</c> mean the same (RFC 9110, 5.3), as do cookies in one line and several (RFC
    /// 9113, 8.2.3).
    /// </summary>
    internal static string Join(IEnumerable<Field> fields)
    {
        var all = fields.ToList();
        var separator = all.Count > 0 && all[0].Is("cookie") ? ';' : ',';
        return string.Join(separator, all.SelectMany(field => field.Value.Split(separator)).Select(Syntax.TrimBlanks));
    }

    private static IEnumerable<Finding> CompareLine(SentRequest expected, PodRequest arrived)
    {
        if (arrived.Method != expected.Method)
        {
            yield return Foreign("method", expected.Method, arrived.Method, arrived);
        }

        if (arrived.Target != expected.Target)
        {
            yield return Foreign("target", expected.Target, arrived.Target, arrived);
        }

        if (arrived.Authority != expected.Authority)
        {
            yield return Foreign("authority", expected.Authority, arrived.Authority, arrived);
        }
    }

    private static IEnumerable<Finding> CompareFields(SentRequest sent, SentRequest expected, PodRequest arrived)
    {
        foreach (var group in arrived.Fields.Where(field => !IsFraming(field)).GroupBy(field => field.Name.ToLowerInvariant()))
        {
            var field = new Field(group.Key, Join(group));
            var mine = expected.Fields.Where(each => each.Is(group.Key)).ToList();
            if (MeshFields.Allows(sent, field))
            {
                continue;
            }

            if (mine.Count > 0 && mine.TrueForAll(each => HopFields.Stops(sent, each)))
            {
                yield return new Finding(FindingKind.HopFieldPassed, group.Key,
                    $"A field that ends at the proxy reached {arrived.Pod}: {ByteText.Print(field.ToString(), 200)}", arrived);
            }
            else if (mine.Count == 0)
            {
                yield return new Finding(FindingKind.ForeignBytes, $"field {group.Key}",
                    $"A field that was not sent reached {arrived.Pod}: {ByteText.Print(field.ToString(), 200)}", arrived);
            }
            else if (field.Value != Join(mine) && !IsTrailersOnly(field, mine) && !IsJoinedByBlanks(field, mine)
                && !IsUpgradeOnly(sent, field))
            {
                yield return Foreign($"field {group.Key}", Join(mine), field.Value, arrived);
            }
        }
    }

    private static IEnumerable<Finding> CompareBody(SentRequest sent, PodRequest arrived)
    {
        if (arrived.IsWhole && !sent.IsWhole)
        {
            yield return new Finding(FindingKind.ForeignBytes, "end",
                $"A request that its caller never finished is whole at {arrived.Pod}.", arrived);
        }
        else if (arrived.IsWhole ? arrived.Body != sent.Body : !sent.Body.StartsWith(arrived.Body, StringComparison.Ordinal))
        {
            yield return Foreign("body", sent.Body, arrived.Body, arrived);
        }
    }

    private static IEnumerable<Finding> CompareTrailers(SentRequest sent, PodRequest arrived)
    {
        foreach (var trailer in arrived.Trailers)
        {
            if (HopFields.StopsInTrailers(trailer))
            {
                yield return new Finding(FindingKind.HopFieldPassed, $"trailer {trailer.Name}",
                    $"A trailer that ends at the proxy reached {arrived.Pod}: {ByteText.Print(trailer.ToString(), 200)}", arrived);
            }
            else if (!sent.Trailers.Any(each => each.Is(trailer.Name) && each.Value == trailer.Value))
            {
                yield return new Finding(FindingKind.ForeignBytes, "trailer",
                    $"A trailer that was not sent reached {arrived.Pod}: {ByteText.Print(trailer.ToString(), 200)}", arrived);
            }
        }
    }

    /// <summary>
    /// Of several codings that a caller accepts, only <c>trailers</c> goes on (<c>conn_manager_utility.cc: sanitizeTEHeader</c>).
    /// </summary>
    private static bool IsTrailersOnly(Field field, IEnumerable<Field> sent) =>
        field is { Name: "te", Value: "trailers" } && sent.Any(each => each.Value.Contains("trailers", StringComparison.OrdinalIgnoreCase));

    /// <summary>Of what <c>Connection</c> says beside an upgrade, nothing has to reach the pod (RFC 9110, 7.6.1).</summary>
    private static bool IsUpgradeOnly(SentRequest sent, Field field) =>
        field.Is("connection") && field.Value.Equals("upgrade", StringComparison.OrdinalIgnoreCase) && HopFields.IsWebSocket(sent);

    /// <summary>HttpClient's way to write several User-Agent lines as one; it changes no byte of either.</summary>
    private static bool IsJoinedByBlanks(Field field, IEnumerable<Field> sent) =>
        field.Is("user-agent") && field.Value.Replace(',', ' ') == Join(sent).Replace(',', ' ');

    /// <summary>Judged by the pod's own reader, against the body.</summary>
    private static bool IsFraming(Field field) => field.Is("content-length") || (field.Is("transfer-encoding") && field.Value == "chunked");

    private static Finding Foreign(string what, string expected, string actual, PodRequest arrived) =>
        new(FindingKind.ForeignBytes, what, $"The {what} at {arrived.Pod} {ByteText.PrintDifference(expected, actual)}", arrived);
}
