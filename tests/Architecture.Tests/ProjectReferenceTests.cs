namespace Bookinfo.Tests.Architecture;

/// <summary>Which project may reference which. Tests may reference everything but the leaf.</summary>
public sealed class ProjectReferenceTests
{
    private const string Leaf = "infra/Cluster";

    /// <summary>A folder with a slash at its end stands for all projects in it, as far as they have no line of their own.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["services/ServiceDefaults"] = [],
        ["services/ProductPage"] = ["services/ServiceDefaults", "web"],
        ["services/"] = ["services/ServiceDefaults"],
        ["web"] = [],
        ["infra/Topology"] = [],
        [Leaf] = ["infra/Topology", "mesh/Istio"],
        ["mesh/Istio"] = [],
        ["mesh/Http1"] = [],
        ["mesh/Proxy"] = ["mesh/Istio", "mesh/Http1", "mesh/GatewayApi"],
        ["mesh/Analysis"] = ["mesh/Proxy", "mesh/GatewayApi", "mesh/Istio"],
        ["mesh/TrafficConsole"] = ["mesh/Proxy", "mesh/Istio", "web", "mesh/GatewayApi", "mesh/Rollouts"],
        ["mesh/KubernetesApi"] = [],
        ["mesh/ServiceNetwork"] = [],
        ["mesh/Lab"] =
        [
            "mesh/KubernetesApi", "mesh/ServiceNetwork", "mesh/TrafficConsole", "mesh/Analysis", "mesh/Rollouts", "mesh/Proxy",
            "mesh/Istio", "infra/Topology", "services/",
        ],
        ["mesh/GatewayApi"] = ["mesh/Istio"],
        ["mesh/Rollouts"] = ["mesh/Istio"],
        ["aspire/AppHost"] = ["infra/Topology", "mesh/Lab", "services/"],
    };

    [Fact]
    public void References_OfEveryProject_FollowTheArrows() => Assert.Empty(ProjectFile.All().SelectMany(Violations));

    [Theory]
    [InlineData("mesh/Istio", "mesh/Proxy")]
    [InlineData("services/Details", "infra/Topology")]
    [InlineData("tests/Lab.Tests", Leaf)]
    [InlineData("mesh/New", "mesh/Istio")]
    public void Violations_AgainstAnArrow_OneSentence(string folder, string reference) =>
        Assert.Single(Violations(new ProjectFile(folder, "", [reference], 1)));

    [Theory]
    [InlineData("mesh/Lab", "services/Details")]
    [InlineData("services/New", "services/ServiceDefaults")]
    [InlineData("tests/Cluster.Tests", Leaf)]
    [InlineData("tests/Lab.Tests", "mesh/Lab")]
    public void Violations_AlongAnArrow_None(string folder, string reference) =>
        Assert.Empty(Violations(new ProjectFile(folder, "", [reference], 1)));

    private static IEnumerable<string> Violations(ProjectFile project)
    {
        if (project.IsTest)
        {
            return project.References.Where(reference => reference == Leaf && project.Folder != "tests/Cluster.Tests")
                .Select(_ =>
                    $"{project.Folder} references {Leaf}, which only tests/Cluster.Tests may: its packages are not on every registry.");
        }

        return Arrows.TryGetValue(project.Folder, out var allowed)
            || Arrows.TryGetValue(project.Folder[..(project.Folder.LastIndexOf('/') + 1)], out allowed)
            ? project.References.Where(reference =>
                !Array.Exists(allowed, name => name.EndsWith('/') ? reference.StartsWith(name, StringComparison.Ordinal)
                    : name == reference))
                .Select(reference =>
                    $"{project.Folder} references {reference}; it may "
                        + $"reference {(allowed.Length > 0 ? string.Join(", ", allowed) : "no other project")}.")
            : [$"{project.Folder} is new: say in this test, and on the architecture page, which projects it may reference."];
    }
}
