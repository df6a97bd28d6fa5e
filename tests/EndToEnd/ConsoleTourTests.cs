using Bookinfo.Tests.EndToEnd.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The tour in the console, walked step by step: what each step says happens, and the mesh counts it.</summary>
public sealed class ConsoleTourTests
{
    /// <summary>
    /// What each step counts, at least and at most. Where requests are drawn, the bounds leave out less than one walk in a million:
    /// a third of 20 pages, a tenth of 20, an eighth of 20 calls. The last is a share in percent.
    /// </summary>
    private static readonly (int Least, int Most)[] Counts =
        [(0, 0), (0, 19), (0, 0), (0, 12), (20, 20), (0, 0), (0, 13), (5, 5), (30, 50), (10, 25)];

    [Theory]
    [InlineData("en-US", "Tour, step 1 of 10", "Your 20 was right.", "asked 100 %")]
    [InlineData("ja-JP", "ツアー 1 / 10", "予想の 20 は当たりです。", "指定 100 %")]
    public async Task Tour_EveryStep_HappensAsItSaysAndCanBeTakenBack(string locale, string first, string right, string whole)
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync(locale);
        var complaints = Browser.ComplaintsOf(page);
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await page.Locator("#tour-open").ClickAsync();
        await Assertions.Expect(page.Locator("#tour-place")).ToHaveTextAsync(first);

        for (var step = 0; step < Counts.Length; step++)
        {
            await page.Locator("#tour-guess").FillAsync("20");
            await page.Locator("#tour-act").ClickAsync();
            if (step < Counts.Length - 1)
            {
                await Assertions.Expect(page.Locator("#tour-read")).ToBeEnabledAsync();
                await page.Locator("#tour-read").ClickAsync();
            }

            await Assertions.Expect(page.Locator("#tour-lesson")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            var verdict = await page.Locator("#tour-verdict").InnerTextAsync();
            var counted = int.Parse(new string([.. verdict.SkipWhile(one => !char.IsAsciiDigit(one)).TakeWhile(char.IsAsciiDigit)]));
            Assert.True(counted >= Counts[step].Least && counted <= Counts[step].Most, $"step {step + 1}: {verdict}");
            if (step == 4)
            {
                Assert.EndsWith(right, verdict, StringComparison.Ordinal);
            }

            if (step < Counts.Length - 1)
            {
                await page.Locator("#tour-next").ClickAsync();
            }
        }

        await page.Locator("#tour-undo").ClickAsync();
        await Assertions.Expect(page.Locator(".service[data-service='reviews'] [data-release='v1'] [data-asked]"))
            .ToHaveTextAsync(whole);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Tour_OtherLanguageThenReload_GoesOnWhereItWas()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync("en-US");
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await page.Locator("#tour-open").ClickAsync();
        await page.Locator("#tour-next").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "日本語" }).ClickAsync();
        await Assertions.Expect(page.Locator("#tour")).ToHaveAttributeAsync("lang", "ja");

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#tour-place")).ToHaveTextAsync("ツアー 2 / 10");
    }
}
