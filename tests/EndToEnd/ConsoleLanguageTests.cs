using Bookinfo.Tests.EndToEnd.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The console in Japanese: nothing is left in English but names, and nothing stays in Japanese after the way back.</summary>
public sealed class ConsoleLanguageTests
{
    /// <summary>
    /// Texts of the page with a word in one language and nothing in the other: two words in Latin letters; or with
    /// Japanese letters. YAML and code stay as they are, and so does what Argo's controller says.
    /// </summary>
    private const string TextsIn = """
        (pattern) => {
            const [is, isNot] = pattern === "en" ? [/\b[a-z]{2,} [a-z]{2,}\b/, /[ぁ-んァ-ヶ一-龠]/] : [/[ぁ-んァ-ヶ一-龠]/, /^$/];
            const texts = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
                (node) => node.nodeType === 1 && node.matches("textarea, pre, code, option, #language") ? 2 : 1);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (node.nodeType === 3) texts.push(node.data.trim());
                else for (const name of ["aria-label", "title"]) if (node.hasAttribute(name)) texts.push(node.getAttribute(name));
            }
            return texts.filter((text) => is.test(text) && !isNot.test(text));
        }
        """;

    [Fact]
    public async Task Language_JapaneseAndBack_LeavesNoTextInTheOther()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync("ja-JP");
        var complaints = Browser.ComplaintsOf(page);
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "負荷を開始" }).ClickAsync();
        await page.Locator(".service[data-service='reviews'] [data-release='v3']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "壊す", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "カナリアを開始" }).ClickAsync();
        await Assertions.Expect(page.Locator("#canary-metrics tbody tr").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "中止" }).ClickAsync();
        await Assertions.Expect(page.Locator("#canary-phase")).ToHaveTextAsync("reviews v1 → v3: ロールバック済み");
        await Assertions.Expect(page.Locator("#flags")).ToContainTextAsync("reviews-v3-1 を意図的に壊しています");
        await Assertions.Expect(page.Locator("#live h2")).ToHaveTextAsync("トラフィック");
        await page.Locator("#tour-open").ClickAsync();

        // Only what Argo's controller says of an analysis stays English.
        var english = await page.EvaluateAsync<string[]>(TextsIn, "en");
        Assert.All(english, text => Assert.Contains("assessed", text, StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();

        await Assertions.Expect(page.Locator("#canary-phase")).ToHaveTextAsync("reviews v1 to v3: rolled back");
        await Assertions.Expect(page.Locator("#live h2")).ToHaveTextAsync("Traffic");
        Assert.Empty(await page.EvaluateAsync<string[]>(TextsIn, "ja"));
        Assert.Empty(complaints);
    }
}
