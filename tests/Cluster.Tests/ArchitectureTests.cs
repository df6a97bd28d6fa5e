using Bookinfo.Cluster;
using NetArchTest.Rules;

namespace Bookinfo.Tests.Cluster;

/// <summary>
/// The namespaces of the program form a staircase: each uses only those before it, so that every one of them can be read with what it
/// stands on.
/// </summary>
public sealed class ArchitectureTests
{
    // From the bottom to the top.
    private static readonly string[] Staircase =
    [
        "Bookinfo.Cluster.Settings",
        "Bookinfo.Cluster.Resources",
        "Bookinfo.Cluster.LoadBalancers",
        "Bookinfo.Cluster.Pods",
        "Bookinfo.Cluster.Traffic",
        "Bookinfo.Cluster.Mesh",
        "Bookinfo.Cluster.Components",
        "Bookinfo.Cluster.Network",
        "Bookinfo.Cluster.Exposure",
        "Bookinfo.Cluster",
        "Bookinfo.Cluster.Rendering",
    ];

    private static readonly ILookup<string, Type> TypesByNamespace =
        typeof(BookinfoCluster).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Bookinfo.", StringComparison.Ordinal) == true)
            .ToLookup(type => type.Namespace!);

    [Fact]
    public void Namespaces_EveryOne_IsAStep() => Assert.Equal(Staircase.Order(), TypesByNamespace.Select(group => group.Key).Order());

    [Fact]
    public void Namespaces_All_UseOnlyThoseBelow()
    {
        var upward = from lower in Enumerable.Range(0, Staircase.Length)
                     from upper in Enumerable.Range(lower + 1, Staircase.Length - lower - 1)
                     from user in Users(Staircase[lower], Staircase[upper])
                     select $"{user} uses {Staircase[upper]}";
        Assert.Empty(upward);
    }

    [Fact]
    public void Users_ANamespaceThatUsesAnother_AreFound() =>
        Assert.Contains("Bookinfo.Cluster.Components.Database", Users("Bookinfo.Cluster.Components", "Bookinfo.Cluster.Pods"));

    private static IEnumerable<string> Users(string user, string used)
    {
        string[] names = [.. TypesByNamespace[used].Where(type => !type.IsNested).Select(type => type.FullName!)];
        return Types.InAssembly(typeof(BookinfoCluster).Assembly)
            .That().ResideInNamespaceMatching($"^{user.Replace(".", "\\.", StringComparison.Ordinal)}$")
            .And().HaveDependencyOnAny(names)
            .GetTypes()
            .Select(type => type.FullName!);
    }
}
