using Bookinfo.Tests.Support;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Topology;

public sealed class BookinfoSystemTests
{
    [Fact]
    public void Topology_EveryService_HasItsProgram()
    {
        foreach (var service in BookinfoSystem.Topology.Services)
        {
            var project = Repository.PathOf("services", service.Project, service.Project + ".csproj");
            Assert.True(File.Exists(project), $"{service.Name} has no program: {project}");
        }
    }

    [Fact]
    public void Topology_EveryCall_EndsAtAServiceThatCallsNobodyBack()
    {
        foreach (var service in BookinfoSystem.Topology.Services)
        {
            Assert.All(service.Calls, callee => Assert.DoesNotContain(service.Name, BookinfoSystem.Topology[callee].Calls));
        }
    }

    [Fact]
    public void Topology_OnlyTheEntry_HasPublicPaths() =>
        Assert.Equal(["productpage"], BookinfoSystem.Topology.Services.Where(s => s.PublicPaths.Count > 0).Select(s => s.Name));

    [Fact]
    public void DestinationRules_EveryReleaseOfTheLab_IsASubset()
    {
        var text = File.ReadAllText(Repository.PathOf("infra", "rules", "destination-rules.yaml"));

        foreach (var service in BookinfoSystem.Topology.Services)
        {
            var rule = text.Split("---").Single(document => document.Contains($"host: {service.Name}\n", StringComparison.Ordinal));
            Assert.All(service.Releases, release => Assert.Contains($"version: {release.Version}\n", rule, StringComparison.Ordinal));
        }
    }
}
