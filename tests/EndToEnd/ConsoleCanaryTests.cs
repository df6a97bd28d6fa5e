using Bookinfo.Tests.EndToEnd.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The canary in the console: its buttons, and the roll back that a broken release brings about.</summary>
public sealed class ConsoleCanaryTests
{
    [Fact]
    public async Task Buttons_OneAfterTheOther_SteerTheCanary()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await OpenAsync(browser, lab);

        // Without load there is nothing to judge, so the canary goes by its buttons only.
        await Button(page, "Start the canary").ClickAsync();
        await ExpectPhaseAsync(page, "waiting");
        await Assertions.Expect(Asked(page, "v3")).ToHaveTextAsync("asked 10 %");
        await Assertions.Expect(page.Locator("#canary-idle")).ToBeVisibleAsync();
        await Assertions.Expect(Button(page, "Start the canary")).ToBeDisabledAsync();

        await Button(page, "Pause").ClickAsync();
        await Assertions.Expect(Button(page, "Resume")).ToBeEnabledAsync();
        await Assertions.Expect(Button(page, "Pause")).ToBeDisabledAsync();
        await Button(page, "Resume").ClickAsync();
        await Assertions.Expect(Button(page, "Pause")).ToBeEnabledAsync();

        await Button(page, "Promote").ClickAsync();
        await Assertions.Expect(Asked(page, "v3")).ToHaveTextAsync("asked 25 %");

        await Button(page, "Abort").ClickAsync();
        await ExpectPhaseAsync(page, "rolled back");
        await Assertions.Expect(Asked(page, "v1")).ToHaveTextAsync("asked 100 %");
        await Assertions.Expect(Button(page, "Promote")).ToBeDisabledAsync();

        await Button(page, "Retry").ClickAsync();
        await Assertions.Expect(Asked(page, "v3")).ToHaveTextAsync("asked 10 %");
        await Assertions.Expect(Button(page, "Abort")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Release_BrokenUnderTheCanary_IsRolledBackBeforeEverybody()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await OpenAsync(browser, lab);
        var other = await OpenAsync(browser, lab);
        var complaints = Browser.ComplaintsOf(page);
        await page.Locator("#load-rate").FillAsync("50");
        await Button(page, "Start load").ClickAsync();
        await Button(page, "Start the canary").ClickAsync();

        // On a busy machine fewer pages are read than were asked for, and too few requests are inconclusive: so it breaks at a larger
        // share.
        await Assertions.Expect(Asked(page, "v3")).ToHaveTextAsync("asked 25 %");
        await page.Keyboard.PressAsync("p");
        await Button(page, "Break reviews v3").ClickAsync();
        await Assertions.Expect(Button(page, "Heal reviews v3")).ToBeVisibleAsync();

        foreach (var tab in new[] { page, other })
        {
            await ExpectPhaseAsync(tab, "rolled back");
            await Assertions.Expect(Asked(tab, "v1")).ToHaveTextAsync("asked 100 %");
        }

        await Assertions.Expect(other.Locator("#canary-line .Fault")).ToHaveCountAsync(1);
        await Assertions.Expect(other.Locator("#canary-line .RollBack")).ToHaveCountAsync(1);
        await Assertions.Expect(other.Locator("#canary-metrics .failed").First).ToContainTextAsync("bad");
        await Assertions.Expect(other.Locator("#changes li").First).ToContainTextAsync("by the canary");
        Assert.Empty(complaints);
    }

    private static async Task<IPage> OpenAsync(Browser browser, RunningLab lab)
    {
        var page = await browser.OpenAsync();
        await page.SetViewportSizeAsync(1024, 768);
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await Assertions.Expect(Asked(page, "v1")).ToHaveTextAsync("asked 100 %");
        return page;
    }

    private static Task ExpectPhaseAsync(IPage page, string phase) =>
        Assertions.Expect(page.Locator("#canary-phase")).ToHaveTextAsync($"reviews v1 to v3: {phase}");

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Asked(IPage page, string release) =>
        page.Locator($".service[data-service='reviews'] [data-release='{release}'] [data-asked]");
}
