using Bookinfo.Topology;

namespace Bookinfo.Tests.Topology;

public sealed class BookinfoSystemTests
{
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
}
