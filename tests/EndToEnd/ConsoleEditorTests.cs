using System.Text.RegularExpressions;
using Bookinfo.Tests.EndToEnd.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The console's editor: one rule at a time, and no draft lost.</summary>
public sealed partial class ConsoleEditorTests
{
    [Fact]
    public async Task Draft_WithAnError_NamesItsLineIsRefusedAndSurvivesAReload()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await OpenAsync(browser, lab);
        var editor = page.Locator("#yaml");
        var wrong = (await editor.InputValueAsync()).Replace("subset: v1", "subset: v1\n      wieght: 100", StringComparison.Ordinal);
        var line = wrong.Split('\n').Index().Single(one => one.Item.Contains("wieght", StringComparison.Ordinal)).Index + 1;
        await editor.FillAsync(wrong);

        await Assertions.Expect(page.Locator("#gutter .error")).ToHaveTextAsync($"✖ {line}");
        await Assertions.Expect(page.Locator("#problems .error")).ToContainTextAsync("did you mean weight");
        await editor.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#said")).ToContainTextAsync("Not applied.");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Line {line}" }).ClickAsync();
        await Assertions.Expect(editor).ToBeFocusedAsync();
        Assert.Equal("wieght: 100", await page.EvaluateAsync<string>(
            "(() => { const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd); })()"));

        await page.ReloadAsync();

        await Assertions.Expect(editor).ToHaveValueAsync(wrong);
        await Assertions.Expect(page.Locator("#edited")).ToHaveTextAsync("Draft: not active yet.");
    }

    [Fact]
    public async Task Rule_AppliedWithAComment_KeepsItInEveryTab()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await OpenAsync(browser, lab);
        var other = await OpenAsync(browser, lab);
        var commented = "# Until Monday only.\n" + await page.Locator("#yaml").InputValueAsync();

        await page.Locator("#yaml").FillAsync(commented);
        await page.Locator("#yaml").PressAsync("Control+Enter");

        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("Active.");
        await Assertions.Expect(page.Locator("#edited")).ToBeHiddenAsync();
        await Assertions.Expect(other.Locator("#yaml")).ToHaveValueAsync(commented);

        await other.GetByRole(AriaRole.Slider, new() { Name = "Between v1 and v2" }).PressAsync("PageDown");
        await Assertions.Expect(page.Locator("#yaml")).ToHaveValueAsync(CommentAndWeight());
    }

    [Fact]
    public async Task Rules_ListedAtTheSide_AreMadeTakenOutAndBroughtBack()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await OpenAsync(browser, lab);
        var list = page.Locator("#resource-list");
        await Assertions.Expect(page.Locator("#base summary")).ToHaveTextAsync(BaseOfSome());
        await page.Locator("#base summary").ClickAsync();
        await page.Locator("#base-list button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#yaml")).ToHaveJSPropertyAsync("readOnly", true);

        await page.GetByRole(AriaRole.Button, new() { Name = "New rule", Exact = true }).ClickAsync();
        await Assertions.Expect(list.Locator("[aria-current='true']")).ToContainTextAsync("my-rule");
        await page.Locator("#apply").ClickAsync();
        await Assertions.Expect(page.Locator("#changes li").First).ToContainTextAsync("VirtualService/my-rule");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the rule" }).ClickAsync();
        await Assertions.Expect(list).Not.ToContainTextAsync("my-rule");
        await Assertions.Expect(page.Locator("#changes li").First).ToContainTextAsync("VirtualService/my-rule removed");
        await page.Locator("#changes li").First.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(list).ToContainTextAsync("my-rule");
    }

    [Fact]
    public async Task Draft_Discarded_CanBeBroughtBack()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await OpenAsync(browser, lab);
        var active = await page.Locator("#yaml").InputValueAsync();
        await page.Locator("#yaml").FillAsync("# a draft\n");

        await page.GetByRole(AriaRole.Button, new() { Name = "Discard the draft" }).ClickAsync();
        await Assertions.Expect(page.Locator("#yaml")).ToHaveValueAsync(active);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring the draft back" }).ClickAsync();

        await Assertions.Expect(page.Locator("#yaml")).ToHaveValueAsync("# a draft\n");
    }

    private static async Task<IPage> OpenAsync(Browser browser, RunningLab lab)
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await Assertions.Expect(page.Locator("#resource-list [aria-current='true']")).ToContainTextAsync("reviews");
        return page;
    }

    [GeneratedRegex(@"^# Until Monday only\.\n(.*\n)+\s+weight: 90\n")]
    private static partial Regex CommentAndWeight();

    [GeneratedRegex(@"^The base beneath them \([1-9][0-9]*, read-only\)$")]
    private static partial Regex BaseOfSome();
}
