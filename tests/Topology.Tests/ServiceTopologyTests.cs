using Bookinfo.Topology;

namespace Bookinfo.Tests.Topology;

public sealed class ServiceTopologyTests
{
    [Fact]
    public void Constructor_CallThatLeadsNowhere_NamesBothEnds()
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceTopology([Service("page") with { Calls = ["books"] }]));

        Assert.Equal("page calls books, which is not a service of the topology", error.Message);
    }

    [Fact]
    public void Constructor_SameNameTwice_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceTopology([Service("page"), Service("page")]));

        Assert.StartsWith("the service page stands twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_SameReleaseTwice_Throws()
    {
        var service = Service("page") with { Releases = [new("v1", ""), new("v1", "")] };

        var error = Assert.Throws<ArgumentException>(() => new ServiceTopology([service]));

        Assert.Equal("page has the release v1 twice", error.Message);
    }

    [Fact]
    public void Constructor_OnlyOptionalReleases_Throws()
    {
        var service = Service("page") with { Releases = [new("v1", "") { Optional = true }] };

        Assert.Throws<ArgumentException>(() => new ServiceTopology([service]));
    }

    [Fact]
    public void Indexer_UnknownService_NamesThoseThereAre()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => new ServiceTopology([Service("page"), Service("books")])["pages"]);

        Assert.Equal("there is no service pages; there are page, books", error.Message);
    }

    [Fact]
    public void Release_UnknownVersion_NamesThoseThereAre()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Service("page").Release("v2"));

        Assert.Equal("page has no release v2; it has v1", error.Message);
    }

    [Fact]
    public void CallersOf_Service_GivesThoseWithAnArrowToIt()
    {
        var topology = new ServiceTopology([Service("page") with { Calls = ["books"] }, Service("books"), Service("shop")]);

        Assert.Equal(["page"], topology.CallersOf("books").Select(service => service.Name));
    }

    private static BookService Service(string name) => new(name, "Page", "") { Releases = [new("v1", "")] };
}
