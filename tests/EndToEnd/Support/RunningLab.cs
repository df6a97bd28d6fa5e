using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd.Support;

/// <summary>The Lab as a process of its own on free ports, and what a person does with it.</summary>
public sealed partial class RunningLab : IAsyncDisposable
{
    private RunningLab(ChildProcess process)
    {
        Process = process;
        Gateway = new Uri(Address("Page"));
        Console = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(Address("Console")) };
        Gateway = new Uri(Gateway.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>The process.</summary>
    public ChildProcess Process { get; }

    /// <summary>The way in.</summary>
    public Uri Gateway { get; }

    /// <summary>The console's API.</summary>
    public HttpClient Console { get; }

    /// <summary>Starts a Lab; when this returns it has said that it is up, and its pods have answered once.</summary>
    /// <param name="arguments">Its command line beside the addresses.</param>
    public static Task<RunningLab> StartAsync(params string[] arguments) => StartAsync(consolePort: 0, arguments);

    /// <summary>The same, with the console at a port that a page knows already.</summary>
    /// <param name="consolePort">The port; 0 for a free one.</param>
    /// <param name="arguments">Its command line beside the addresses.</param>
    public static async Task<RunningLab> StartAsync(int consolePort, params string[] arguments)
    {
        var process = ChildProcess.StartDotnet("bookinfo",
            ["--gateway", "0", "--console", consolePort.ToString(CultureInfo.InvariantCulture), "--kube", "0", .. arguments]);
        try
        {
            await process.SaysAsync("Ctrl+C ends it.");
            var lab = new RunningLab(process);
            await WarmUp.RunAsync(lab.Gateway, lab.Console);
            return lab;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A reader's browser without a screen: its own cookies, no one else's.</summary>
    /// <param name="user">Whom to sign in; null to stay signed out.</param>
    public async Task<HttpClient> ReaderAsync(string? user = null)
    {
        var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = Gateway,
        };
        if (user is not null)
        {
            using var form = new FormUrlEncodedContent([new("username", user), new("passwd", "any")]);
            using var signedIn = await reader.PostAsync("/login", form);
            signedIn.EnsureSuccessStatusCode();
        }

        return reader;
    }

    /// <summary>Puts one of the demo's rules in force.</summary>
    /// <param name="method">PUT or PATCH.</param>
    /// <param name="file">Its file in <c>infra/rules</c>.</param>
    public async Task ApplyAsync(HttpMethod method, string file)
    {
        using var answer = await SendRulesAsync(method, await File.ReadAllTextAsync(RuleFile(file)));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>Hands in rules.</summary>
    /// <param name="method">PUT or PATCH.</param>
    /// <param name="yaml">The rules.</param>
    public Task<HttpResponseMessage> SendRulesAsync(HttpMethod method, string yaml) =>
        Console.SendAsync(new HttpRequestMessage(method, "/api/rules") { Content = new StringContent(yaml) });

    /// <summary>The path of one of the demo's rules.</summary>
    public static string RuleFile(string name) => Path.Combine(AppContext.BaseDirectory, "rules", name);

    public ValueTask DisposeAsync()
    {
        Console.Dispose();
        return Process.DisposeAsync();
    }

    private string Address(string what) =>
        AddressLine().Matches(Process.Output).Single(match => match.Groups["what"].Value == what).Groups["url"].Value;

    [GeneratedRegex(@"^\s*(?<what>Page|Console)\s+(?<url>http://\S+)", RegexOptions.Multiline)]
    private static partial Regex AddressLine();
}
