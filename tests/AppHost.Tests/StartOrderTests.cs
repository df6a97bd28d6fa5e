using Bookinfo.Topology;

namespace Bookinfo.Tests.AppHost;

public sealed class StartOrderTests
{
    [Theory]
    [InlineData("productpage-v1", "details-v1", "reviews-v1", "ratings-v1")]
    [InlineData("reviews-v1", "ratings-v1")]
    [InlineData("reviews-v3", "ratings-v1")]
    [InlineData("catalog-v2", "details-v1", "reviews-v1", "ratings-v1")]
    [InlineData("details-v1")]
    [InlineData("ratings-v2")]
    [InlineData("mesh", "productpage-v1")]
    public async Task Resource_Always_WaitsForWhatItCalls(string resource, params string[] expected)
    {
        var model = await HostModel.BuildAsync();

        Assert.Equal(expected, HostModel.WaitsFor(model[resource]));
    }

    [Fact]
    public async Task Resource_FirstReleaseHasNoPods_WaitsForTheNext()
    {
        var model = await HostModel.BuildAsync("--Replicas:ratings-v1", "0");

        Assert.Equal(["ratings-v2"], HostModel.WaitsFor(model["reviews-v1"]));
    }

    [Fact]
    public async Task References_Always_ShowTheArrowsOfTheTopology()
    {
        var model = await HostModel.BuildAsync();

        foreach (var service in BookinfoSystem.Topology.Services)
        {
            var shown = model[$"{service.Name}-v1"].Annotations.OfType<ResourceRelationshipAnnotation>()
                .Where(one => one.Type == "Reference" && one.Resource is ProjectResource).Select(one => one.Resource.Name).Distinct();
            string[] expected = [.. service.Calls.Select(callee => $"{callee}-v1"), .. service.Calls.Count > 0 ? new[] { "mesh" } : []];
            Assert.Equal(expected.Order(), shown.Order());
        }
    }
}
