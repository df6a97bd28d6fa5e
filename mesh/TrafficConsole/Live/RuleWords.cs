using System.Globalization;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.TrafficConsole.Live;

/// <summary>Parts of a VirtualService in a few words, for the labels of the graph.</summary>
internal static class RuleWords
{
    /// <summary>The routes of a service that take only some requests, each with where it sends them.</summary>
    public static IEnumerable<string> Matches(VirtualService rule) => rule.Http
        .Where(route => route.Match.Count > 0)
        .Select(route => $"{string.Join(" or ", route.Match.Select(Of))}: {Target(route)}");

    /// <summary>The faults and mirrors of a service's routes.</summary>
    public static IEnumerable<string> Actions(VirtualService rule)
    {
        foreach (var route in rule.Http)
        {
            var whom = route.Match.Count == 0 ? "" : $" if {string.Join(" or ", route.Match.Select(Of))}";
            if (route.Fault?.Delay is { } delay)
            {
                yield return $"delay {Duration(delay.FixedDelay)}{Part(delay.Percentage)}{whom}";
            }

            if (route.Fault?.Abort is { } abort)
            {
                yield return $"abort{Part(abort.Percentage)}{whom}";
            }

            foreach (var mirror in route.Mirrors)
            {
                yield return $"mirrored to {mirror.Destination.Subset ?? mirror.Destination.Host}{Part(mirror.Percentage)}{whom}";
            }

            if (route.Mirror is { } copy)
            {
                yield return $"mirrored to {copy.Subset ?? copy.Host}{Part(route.MirrorPercentage)}{whom}";
            }
        }
    }

    private static string Of(HttpMatchRequest match)
    {
        List<string> parts = [.. match.Headers.Select(header => $"{header.Key} {Of(header.Value)}")];
        if (match.Uri is { } uri)
        {
            parts.Add($"path {Of(uri)}");
        }

        if (match.Method is { } method)
        {
            parts.Add($"method {Of(method)}");
        }

        parts.AddRange(match.SourceLabels.Select(label => $"from {label.Key}={label.Value}"));
        parts.AddRange(match.QueryParams.Select(parameter => $"?{parameter.Key} {Of(parameter.Value)}"));
        return parts.Count == 0 ? "some requests" : string.Join(" and ", parts);
    }

    private static string Of(StringMatch match) =>
        match.Exact is { } exact ? $"is {exact}"
        : match.Prefix is { } prefix ? $"starts with {prefix}"
        : match.IsPresence ? "is present"
        : $"matches {match.Regex}";

    private static string Target(HttpRoute route) =>
        route.Redirect is not null ? "redirected"
        : route.DirectResponse is { } response ? $"answered with {response.Status}"
        : route.Route.Count == 1 ? Name(route.Route[0].Destination)
        : string.Join(", ", route.Route.Select(entry => $"{Name(entry.Destination)} {entry.Weight} %"));

    private static string Name(Destination destination) => destination.Subset ?? destination.Host;

    private static string Part(double? percentage) =>
        percentage is null or 100 ? "" : string.Create(CultureInfo.InvariantCulture, $" for {percentage:0.##} %");

    private static string Duration(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.##} ms");
}
