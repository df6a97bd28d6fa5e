using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Checking;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Lab.Rules;

/// <summary>The demo's rules in the words of the Gateway API route as the lessons of the same name do.</summary>
public sealed class GatewayApiTwinTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "rules");
    private static readonly ClusterFacts Facts = ClusterFacts.Of(BookinfoSystem.Topology.ToKnownServices());

    public static TheoryData<string> Twins() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "gateway-api")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Twins))]
    public void Twin_OfALesson_RoutesAsTheLesson(string file)
    {
        var lesson = Read(Path.Combine(Folder, file));
        var twin = GatewayApiTranslator.Translate(Read(Path.Combine(Folder, "gateway-api", file)), Facts).Rules;

        Assert.NotEmpty(twin.VirtualServices);
        Assert.Equal(lesson.VirtualServices.SelectMany(Routes).Order(), twin.VirtualServices.SelectMany(Routes).Order());
    }

    [Theory]
    [MemberData(nameof(Twins))]
    public void Twin_OfALesson_ChecksWithoutAWarning(string file) =>
        Assert.Empty(RuleCheck.Run(new CheckRequest { Paths = [Path.Combine(Folder, "gateway-api", file)] }).Problems);

    private static RuleSet Read(string path) => RuleReader.Read(new RuleSource(path, File.ReadAllText(path))).Rules;

    /// <summary>One line for each match: <c>reviews end-user=jason: reviews-v2</c>.</summary>
    private static IEnumerable<string> Routes(VirtualService service) => service.Http.SelectMany(route =>
        route.Match.Count == 0 ? [$"{Name(service.Hosts[0])}: {Destinations(route)}"]
            : route.Match.Select(match => $"{$"{Name(service.Hosts[0])} {Match(match)}".TrimEnd()}: {Destinations(route)}"));

    private static string Match(HttpMatchRequest match)
    {
        var path = match.Uri switch { { Exact: { } exact } => $"{exact} ", { Prefix: { } prefix and not "/" } => $"{prefix}* ", _ => "" };
        return path + string.Join(' ', match.Headers.Select(header => $"{header.Key}={header.Value.Exact}"));
    }

    private static string Destinations(HttpRoute route)
    {
        var several = route.Route.Count > 1;
        return string.Join(", ", route.Route.Select(one => (one.Destination.Subset is { } subset
            ? $"{Name(one.Destination.Host)}-{subset}" : Name(one.Destination.Host)) + (several ? $" {one.Weight}" : "")));
    }

    private static string Name(string host) => host.Split('.')[0];
}
