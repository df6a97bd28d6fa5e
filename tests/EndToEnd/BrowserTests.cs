using Bookinfo.Tests.EndToEnd.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

public sealed class BrowserTests
{
    [Fact]
    public async Task Page_JasonSignsIn_SeesStarsChangeWithTheRule()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        await page.GotoAsync($"{lab.Gateway}productpage");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The Comedy of Errors" })).ToBeVisibleAsync();
        await Assertions.Expect(Stars(page)).ToHaveCountAsync(0);

        await page.GetByLabel("Name").FillAsync("jason");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Signed in as jason")).ToBeVisibleAsync();
        await Assertions.Expect(Stars(page)).ToHaveCountAsync(0);

        await lab.ApplyAsync(HttpMethod.Put, "reviews-jason-v2.yaml");
        await page.ReloadAsync();
        await Assertions.Expect(Stars(page)).ToHaveCountAsync(2);
        await Assertions.Expect(Stars(page).First).ToHaveAttributeAsync("data-color", "black");

        await lab.ApplyAsync(HttpMethod.Put, "reviews-v3.yaml");
        await page.ReloadAsync();
        await Assertions.Expect(Stars(page).First).ToHaveAttributeAsync("data-color", "red");

        await lab.ApplyAsync(HttpMethod.Put, "reviews-jason-v2.yaml");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Assertions.Expect(Stars(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Page_Opened_LoadsNothingFromElsewhereAndReportsNoError()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        var complaints = Browser.ComplaintsOf(page);
        var hosts = new List<string>();
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Authority);

        await page.GotoAsync($"{lab.Gateway}productpage", new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Empty(complaints);
        Assert.All(hosts, host => Assert.Equal(lab.Gateway.Authority, host));
    }

    [Fact]
    public async Task Console_Opened_ShowsTheReleasesAndReportsNoError()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        var complaints = Browser.ComplaintsOf(page);

        await page.GotoAsync(lab.Console.BaseAddress!.ToString());

        await Assertions.Expect(page.GetByText("reviews-v3-1")).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    private static ILocator Stars(IPage page) => page.Locator("[data-stars]");
}
