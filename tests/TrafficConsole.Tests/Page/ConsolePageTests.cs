using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Bookinfo.Tests.TrafficConsole.Page;

public sealed class ConsolePageTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task Page_WithoutAScript_ShowsWhatRunsAndTheRules()
    {
        await PutAsync(RunningConsole.AllToV1);
        var page = await FetchAsync("/");

        Assert.Equal("Traffic console", page.Title);
        Assert.Equal(["reviews-v1-1", "reviews-v2-1"], page.QuerySelectorAll(".pods li > span:first-child").Select(pod => pod.TextContent));
        Assert.Equal(await console.Client.GetStringAsync("/api/rules"), page.QuerySelector("textarea")!.TextContent);
        Assert.True(page.QuerySelector("textarea")!.HasAttribute("readonly"));
        Assert.All(page.QuerySelectorAll("button"), button => Assert.NotNull(button.Closest("[hidden], [disabled]")));
    }

    [Fact]
    public async Task Live_RequestsSinceTheRulesChanged_AreSplitOverTheReleases()
    {
        await PutAsync(RunningConsole.AllToV1);
        await AskAsync(3);
        await PutAsync(RunningConsole.Rule("v2"));
        await AskAsync(10);
        var live = await FetchAsync("/live");

        Assert.Equal("reviews-v1 → calls reviews", live.QuerySelector(".route h3")!.TextContent);
        Assert.Equal("10 requests", live.QuerySelector(".route header p")!.TextContent);
        var row = Assert.Single(live.QuerySelectorAll("tbody tr"));
        Assert.Equal(["v2", "10", "100.0 %", "72.2 to 100.0 %", "", "0", ""], row.Children.Take(7).Select(cell => cell.TextContent));
        Assert.Contains("r1", live.QuerySelector(".split rect")!.ClassList);
    }

    [Fact]
    public async Task Live_SinceTheStart_CountsWhatCameBeforeTheRulesToo()
    {
        await PutAsync(RunningConsole.AllToV1);
        await AskAsync(2);
        await PutAsync(RunningConsole.Rule("v2"));
        await AskAsync(1);
        var releases = (await FetchAsync("/live?since=start")).QuerySelectorAll("tbody th").Select(name => name.TextContent);
        Assert.Equal(["v1", "v2"], releases);
    }

    [Fact]
    public async Task Live_NothingAsked_SaysSo()
    {
        await PutAsync(RunningConsole.AllToV1);
        var live = await FetchAsync("/live");
        Assert.Empty(live.QuerySelectorAll(".route"));
        Assert.Contains("Nothing yet.", live.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_RulesChange_HasAnotherRevision()
    {
        await PutAsync(RunningConsole.AllToV1);
        var before = await RevisionAsync();
        await PutAsync(RunningConsole.Rule("v2"));
        Assert.Equal(before + 1, await RevisionAsync());
    }

    [Fact]
    public async Task Page_MarkupInTheRules_IsText()
    {
        await PutAsync(RunningConsole.AllToV1 + "\n    name: \"</textarea><script>alert(1)</script>\"\n");
        var page = await FetchAsync("/");
        Assert.Single(page.QuerySelectorAll("script"));
        Assert.Contains("</textarea><script>alert(1)</script>", page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Lesson_IsOfferedWithItsComment()
    {
        var page = await FetchAsync("/");
        var example = Assert.Single(page.QuerySelectorAll(".examples li"));
        Assert.Equal("to-v2.yaml", example.QuerySelector("a")!.TextContent);
        Assert.Equal("Everybody sees v2.", example.QuerySelector(".quiet")!.TextContent);
        Assert.Equal(RunningConsole.ExampleYaml, await console.Client.GetStringAsync(example.QuerySelector("a")!.GetAttribute("href")));
    }

    [Fact]
    public async Task Lesson_Unknown_IsNotFound()
    {
        using var response = await console.Client.GetAsync("/examples/..%2fsecret.yaml");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/live")]
    public async Task Page_Policy_LetsOnlyItsOwnFilesIn(string path)
    {
        using var response = await console.Client.GetAsync(path);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri "
                + "'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-store", Assert.Single(response.Headers.GetValues("Cache-Control")));
    }

    [Fact]
    public async Task Page_Assets_AreItsOwnAndThere()
    {
        var page = await FetchAsync("/");
        var assets = page.QuerySelectorAll("link[href], script[src], img[src]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).ToHashSet();
        Assert.Equal(7, assets.Count);
        foreach (var asset in assets)
        {
            Assert.StartsWith("/static/", asset, StringComparison.Ordinal);
            using var response = await console.Client.GetAsync(asset);
            Assert.True(response.IsSuccessStatusCode, asset);
        }

        Assert.Empty(page.QuerySelectorAll("[style], script:not([src])"));
    }

    private async Task<IDocument> FetchAsync(string path)
    {
        using var response = await console.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    private async Task<int> RevisionAsync() =>
        int.Parse((await FetchAsync("/live")).QuerySelector("[data-revision]")!.GetAttribute("data-revision")!,
            System.Globalization.CultureInfo.InvariantCulture);

    private async Task PutAsync(string yaml)
    {
        using var response = await console.SendAsync(HttpMethod.Put, "/api/rules", yaml);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task AskAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await console.AskReviewsAsync();
        }
    }
}
