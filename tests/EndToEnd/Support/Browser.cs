using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd.Support;

/// <summary>The system's own Chromium, driven by Playwright.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it, or skips the test, which says so, where there is none.</summary>
    public static async Task<Browser> StartAsync()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"no browser here: none of {string.Join(", ", Names)} is on the PATH");
        var playwright = await Playwright.CreateAsync();

        // A busy machine takes longer than the five seconds that are usual.
        Assertions.SetDefaultExpectTimeout(30_000);
        try
        {
            return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>The errors and warnings that a page writes to its console, from now on.</summary>
    public static IReadOnlyList<string> ComplaintsOf(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        return complaints;
    }

    /// <summary>A page with cookies of its own.</summary>
    /// <param name="locale">The reader's language; null for the system's.</param>
    public Task<IPage> OpenAsync(string? locale = null) => _browser.NewPageAsync(new() { Locale = locale });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
