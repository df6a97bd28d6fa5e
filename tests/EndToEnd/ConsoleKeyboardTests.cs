using System.Net;
using Bookinfo.Tests.EndToEnd.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The console without a pointer, and without its server.</summary>
public sealed class ConsoleKeyboardTests
{
    [Fact]
    public async Task Keyboard_Alone_StartsTheLoadBreaksAReleaseReadsItsRequestsAndResets()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var page = await browser.OpenAsync();
        await page.GotoAsync(lab.Console.BaseAddress!.ToString());
        await Assertions.Expect(page.Locator("#load")).ToBeVisibleAsync();

        await PressAsync(page, "#load-button");
        await Assertions.Expect(page.Locator("#load-button")).ToHaveTextAsync("Stop load");
        await PressAsync(page, ".service[data-service='reviews'] [data-release='v1']");
        await PressAsync(page, "#break");
        await Assertions.Expect(page.Locator("#requests .failed").First).ToBeVisibleAsync();
        await PressAsync(page, "#figures [data-caller='productpage-v1'] button");
        await Assertions.Expect(page.Locator("#release-title")).ToHaveTextAsync("productpage-v1 to reviews v1");
        await Assertions.Expect(page.Locator("path[data-call='productpage-v1>reviews-v1'].chosen")).ToHaveCountAsync(1);
        await PressAsync(page, "#reset");

        await Assertions.Expect(page.Locator("#reset-said")).ToContainTextAsync("every pod is up and healthy");
        await Assertions.Expect(page.Locator("#load-button")).ToHaveTextAsync("Start load");
    }

    [Fact]
    public async Task Server_GoneAndBack_IsSaidAndThePageGoesOn()
    {
        await using var browser = await Browser.StartAsync();
        await using var first = await RunningLab.StartAsync();
        var address = first.Console.BaseAddress!;
        var page = await browser.OpenAsync();
        await page.GotoAsync(address.ToString());
        await Assertions.Expect(page.Locator("#load")).ToBeVisibleAsync();
        await page.Locator("#yaml").FillAsync("# a draft\n");

        Assert.Equal(0, await first.Process.TerminateAsync());

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No connection to the console.");
        await using var second = await RunningLab.StartAsync(address.Port);
        Assert.Equal(address, second.Console.BaseAddress);
        await Assertions.Expect(page.Locator("#stale")).ToBeHiddenAsync();
        using var shift = new StringContent("""[{"release":"v1","percent":70},{"release":"v2","percent":30}]""",
            mediaType: new("application/json"));
        using var answer = await second.Console.PutAsync("/api/services/reviews/shares", shift);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assertions.Expect(page.Locator(".service[data-service='reviews'] [data-release='v2'] [data-asked]"))
            .ToHaveTextAsync("asked 30 %");
        await Assertions.Expect(page.Locator("#yaml")).ToHaveValueAsync("# a draft\n");
    }

    /// <summary>Goes to a control by the tab key, from wherever the focus is, and presses it.</summary>
    private static async Task PressAsync(IPage page, string control)
    {
        for (var presses = 0; presses < 300; presses++)
        {
            if (await page.EvaluateAsync<bool>("control => document.activeElement.matches(control)", control))
            {
                await page.Keyboard.PressAsync("Enter");
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{control} is not reached by the tab key.");
    }
}
