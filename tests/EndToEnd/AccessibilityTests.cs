using Bookinfo.Tests.EndToEnd.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>Both pages under axe: no finding, in any width that people have, light and dark.</summary>
public sealed class AccessibilityTests
{
    private static readonly (int Width, int Height)[] Sizes = [(375, 812), (1024, 768), (1440, 900)];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_EveryWidth_HaveNoFinding(ColorScheme colors)
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = colors, ReducedMotion = ReducedMotion.Reduce });

        await page.GotoAsync(new Uri(lab.Gateway, "/productpage").ToString());
        await CheckAsync(page, "the book page");

        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Start load" }).ClickAsync();
        await page.Locator(".service[data-service='reviews'] [data-release='v1']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Break", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#flags li").First).ToBeVisibleAsync();
        await page.Locator("#tour-open").ClickAsync();
        await CheckAsync(page, "the console");
        await page.Keyboard.PressAsync("p");
        await CheckAsync(page, "the console, presenting");
    }

    private static async Task CheckAsync(IPage page, string what)
    {
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            var result = await page.RunAxe();
            Assert.True(result.Violations.Length == 0, $"{what} at {width} px:\n" + string.Join('\n', result.Violations.Select(finding =>
                $"{finding.Id}: {finding.Help}\n" + string.Join('\n', finding.Nodes.Select(node => $"  {node.Html}")))));
        }
    }
}
