using System.Text.RegularExpressions;
using Bookinfo.Tests.EndToEnd.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

public sealed partial class ConsoleTests
{
    private const string Reviews = ".service[data-service='reviews']";

    [Fact]
    public async Task Handle_ByKeyboard_ShiftsTrafficInBothTabsAndUndoTakesItBack()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        var other = await browser.OpenAsync();
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await other.GotoAsync(lab.Console.BaseAddress!.ToString());
        await Assertions.Expect(Asked(page, "v1")).ToHaveTextAsync("asked 100 %");

        // The border between v2 and v3 at the right end: v1 has everything, so it is v1's border that moves left.
        var handle = page.GetByRole(AriaRole.Slider, new() { Name = "Between v1 and v2" });
        await handle.FocusAsync();
        await page.Keyboard.PressAsync("PageDown");
        await page.Keyboard.PressAsync("ArrowLeft");

        foreach (var tab in new[] { page, other })
        {
            await Assertions.Expect(Asked(tab, "v1")).ToHaveTextAsync("asked 89 %");
            await Assertions.Expect(Asked(tab, "v2")).ToHaveTextAsync("asked 11 %");
            await Assertions.Expect(tab.Locator("#changes li").First).ToContainTextAsync("reviews: v1 89 %, v2 11 %");
        }

        await other.GetByRole(AriaRole.Button, new() { Name = "Undo: reviews: v1 89 %, v2 11 %" }).ClickAsync();
        await Assertions.Expect(Asked(page, "v1")).ToHaveTextAsync("asked 100 %");
    }

    [Fact]
    public async Task Map_UnderLoad_ShowsABrokenReleaseAndResetHealsIt()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        var complaints = Browser.ComplaintsOf(page);
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Start load" }).ClickAsync();
        await Assertions.Expect(page.Locator($"{Reviews} [data-release='v1'] [data-seen]")).ToHaveTextAsync(AllOfSome());

        await page.Locator($"{Reviews} [data-release='v1']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Break", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator($"{Reviews} [data-release='v1'] [data-state]")).ToContainTextAsync("broken: status 503");
        await Assertions.Expect(page.Locator("path[data-call='productpage-v1>reviews-v1'].failing")).ToHaveCountAsync(1);

        // A broken pod is still shown as broken after a reload: the state is the server's.
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator($"{Reviews} [data-release='v1'] [data-state]")).ToContainTextAsync("broken: status 503");

        await page.GetByRole(AriaRole.Button, new() { Name = "Reset everything" }).ClickAsync();
        await Assertions.Expect(page.Locator($"{Reviews} [data-release='v1'] [data-state]")).Not.ToContainTextAsync("broken");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start load" })).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Draft_ExampleApplied_IsNotLost()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        var editor = page.Locator("#yaml");
        await editor.FillAsync("# a draft\nkind: Nonsense\n");
        await Assertions.Expect(page.Locator("#problems .error").First).ToBeVisibleAsync();

        await page.Locator("[data-example='reviews-v3.yaml']").ClickAsync();

        await Assertions.Expect(Asked(page, "v3")).ToHaveTextAsync("asked 100 %");
        await Assertions.Expect(editor).ToHaveValueAsync("# a draft\nkind: Nonsense\n");
        await Assertions.Expect(page.Locator("#edited")).ToContainTextAsync("Your draft is still here.");
    }

    [Fact]
    public async Task Shift_RuleWithComments_ShowsThemAndMarksOnlyWhatChanges()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await Assertions.Expect(Asked(page, "v1")).ToHaveTextAsync("asked 100 %");
        using var answer = await lab.Console.PatchAsync(
            new Uri("/api/rules", UriKind.Relative), new StringContent("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
            spec:
              hosts: [reviews]
              http:
              - route:
                # The release that everybody knows.
                - destination: {host: reviews, subset: v1}
                  weight: 90
                - destination: {host: reviews, subset: v2}
                  weight: 10
            """), TestContext.Current.CancellationToken);
        await Assertions.Expect(page.Locator("#diff")).ToContainTextAsync("# The release that everybody knows.");

        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Share of v2 in percent" }).FillAsync("20");
        await page.Keyboard.PressAsync("Tab");

        await Assertions.Expect(page.Locator("#diff ins")).ToHaveTextAsync(["+       weight: 80", "+       weight: 20"]);
        await Assertions.Expect(page.Locator("#diff del")).ToHaveTextAsync(["-       weight: 90", "-       weight: 10"]);
        await Assertions.Expect(page.Locator("#diff")).ToContainTextAsync("# The release that everybody knows.");
    }

    [Theory]
    [InlineData(1024, 768)]
    [InlineData(1920, 1080)]
    public async Task Present_OnAProjector_FitsWithoutScrollingInLargeType(int width, int height)
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        await page.SetViewportSizeAsync(width, height);
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await Assertions.Expect(Asked(page, "v1")).ToHaveTextAsync("asked 100 %");

        await page.Keyboard.PressAsync("p");

        await AssertFitsAsync(page, "#shift", width, height);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the canary" }).ClickAsync();
        await Assertions.Expect(page.Locator("#shift")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Break reviews v3" }).ClickAsync();
        await Assertions.Expect(page.Locator($"{Reviews} [data-release='v3'] [data-state]")).ToContainTextAsync("broken");
        await AssertFitsAsync(page, "#canary", width, height);
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("body *")].filter((one) => [...one.childNodes].some((text) => text.nodeType === 3 && text.data.trim())
                && one.getBoundingClientRect().width > 2 && parseFloat(getComputedStyle(one).fontSize) < 20).map((one) => one.outerHTML)
            """));
    }

    private static async Task AssertFitsAsync(IPage page, string last, int width, int height)
    {
        var box = await page.Locator(last).BoundingBoxAsync();
        Assert.InRange(box!.Y + box.Height, 0, height);
        Assert.Equal([width, height],
            await page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"));
    }

    private static ILocator Asked(IPage page, string release) => page.Locator($"{Reviews} [data-release='{release}'] [data-asked]");

    [GeneratedRegex("^100 % of [1-9][0-9]*$")]
    private static partial Regex AllOfSome();
}
