using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Routing;

public sealed class RouteTableTests
{
    private static Route Route(string name, StringMatcher? path)
    {
        var condition = path is null ? null : new PathCondition(path);
        return new Route
        {
            Name = name,
            Match = new RouteMatch(condition is null ? [] : [condition], condition),
            Action = RouteAction.None,
        };
    }

    private static string? Find(RouteTable table, string path) =>
        table.Find(new RequestInfo("GET", "http", "reviews", path, "", new HeaderDictionary()))?.Name;

    [Fact]
    public void Find_PrefixBeforeExact_OrderDecides()
    {
        var table = new RouteTable([Route("prefix", new PrefixMatcher("/a")), Route("exact", new ExactMatcher("/a/b"))]);

        Assert.Equal("prefix", Find(table, "/a/b"));
    }

    [Fact]
    public void Find_ExactBeforePrefix_OrderDecides()
    {
        var table = new RouteTable(
            [Route("exact", new ExactMatcher("/a/b")), Route("prefix", new PrefixMatcher("/a")), Route("rest", null)]);

        Assert.Equal("exact", Find(table, "/a/b"));
        Assert.Equal("prefix", Find(table, "/a/c"));
        Assert.Equal("rest", Find(table, "/b"));
    }

    [Fact]
    public void Find_ExactWithoutCase_StillFound() =>
        Assert.Equal("exact", Find(new RouteTable([Route("exact", new ExactMatcher("/A", StringComparison.OrdinalIgnoreCase))]), "/a"));

    [Fact]
    public void Find_NothingMatches_Null() => Assert.Null(Find(new RouteTable([Route("exact", new ExactMatcher("/a"))]), "/b"));

    /// <summary>Random tables against a plain walk from top to bottom.</summary>
    [Fact]
    public void Find_ManyTables_SameAsWalkingThem()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            Route[] routes = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i =>
            {
                var text = "/" + new string([.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => (char)('a' + random.Next(2)))]);
                return Route($"{i}", random.Next(2) == 0 ? new ExactMatcher(text) : new PrefixMatcher(text));
            })];
            var table = new RouteTable(routes);
            foreach (var path in (string[])["/", "/a", "/b", "/ab", "/aa", "/ba", "/abb"])
            {
                var info = new RequestInfo("GET", "http", "reviews", path, "", new HeaderDictionary());
                Assert.Equal(Array.Find(routes, route => route.Match.Matches(info))?.Name, Find(table, path));
            }
        }
    }
}
