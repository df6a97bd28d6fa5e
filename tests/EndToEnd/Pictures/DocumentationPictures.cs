using Bookinfo.Tests.EndToEnd.Support;
using Bookinfo.Tests.Support;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd.Pictures;

/// <summary>
/// The pictures of the documentation, taken of a running Lab. They run only where they are asked for:
/// <c>dotnet run --project tests/EndToEnd -- -explicit only</c>.
/// </summary>
public sealed class DocumentationPictures
{
    private const int Width = 1024;
    private const int Height = 768;

    /// <summary>What a page may have, so that a reader does not wait for the README.</summary>
    private const int Largest = 1024 * 1024;

    [Fact(Explicit = true)]
    public async Task Page()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(HttpMethod.Patch, "reviews-v3.yaml");
        var page = await OpenAsync(browser, new Uri(lab.Gateway, "/productpage"));

        await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "page.png") });
    }

    [Fact(Explicit = true)]
    public async Task Console()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(HttpMethod.Patch, "reviews-jason-v2.yaml");
        var page = await OpenAsync(browser, lab.Console.BaseAddress!);
        using var shares = Json("""[{"release":"v1","percent":75},{"release":"v3","percent":25}]""");
        await lab.Console.PutAsync("/api/services/reviews/shares", shares);
        await StartLoadAsync(lab, rate: 20);
        await page.Locator(".service[data-service='reviews'] [data-release='v3']").ClickAsync();
        await page.SetViewportSizeAsync(1280, 960);
        await page.WaitForTimeoutAsync(15_000);

        await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "console.png") });
    }

    /// <summary>v3 gets a tenth, then a quarter of the requests, breaks, and the canary takes it back.</summary>
    [Fact(Explicit = true)]
    public async Task RollBack()
    {
        await using var browser = await Browser.StartAsync();
        await using var lab = await RunningLab.StartAsync();
        var studio = await browser.OpenAsync();
        await StartLoadAsync(lab, rate: 40);
        var page = await OpenAsync(browser, lab.Console.BaseAddress!);
        await page.WaitForTimeoutAsync(3_000);
        await Button(page, "Start the canary").ClickAsync();
        await page.Keyboard.PressAsync("p");

        var recorder = new Recorder(page, studio);
        await recorder.RecordAsync(TimeSpan.FromSeconds(3));
        await Button(page, "Promote").PressAsync("Enter");
        await recorder.RecordAsync(TimeSpan.FromSeconds(5));
        await Button(page, "Break reviews v3").PressAsync("Enter");
        await recorder.RecordAsync(TimeSpan.FromSeconds(9));
        Assert.Equal("reviews v1 to v3: rolled back", await page.Locator("#canary-phase").InnerTextAsync());

        var recording = recorder.ToWebP(Width, Height);
        Assert.InRange(recording.Length, 1, Largest);
        await File.WriteAllBytesAsync(Repository.PathOf("docs", "roll-back.webp"), recording);
    }

    private static async Task<IPage> OpenAsync(Browser browser, Uri address)
    {
        var page = await browser.OpenAsync("en-US");
        await page.SetViewportSizeAsync(Width, Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(address.ToString());
        return page;
    }

    private static async Task StartLoadAsync(RunningLab lab, int rate)
    {
        using var load = Json($$"""{"rate":{{rate}},"readers":"both"}""");
        using var answer = await lab.Console.PutAsync("/api/load", load);
        answer.EnsureSuccessStatusCode();
    }

    private static StringContent Json(string text) => new(text, mediaType: new("application/json"));

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
