using System.Diagnostics;
using System.Net;
using Bookinfo.Tests.EndToEnd.Support;

namespace Bookinfo.Tests.EndToEnd;

public sealed class RulesTests
{
    [Fact]
    public async Task Rules_NinetyTen_OnePageInTenHasStars()
    {
        await using var lab = await RunningLab.StartAsync("--seed", "20261122");
        await lab.ApplyAsync(HttpMethod.Put, "reviews-90-10.yaml");
        using var reader = await lab.ReaderAsync();

        var withStars = 0;
        for (var i = 0; i < 500; i++)
        {
            withStars += (await reader.GetStringAsync("/api/v1/products/0/reviews")).Contains("\"stars\"", StringComparison.Ordinal) ? 1
                : 0;
        }

        // 50 expected, standard deviation 6.7; the seed is fixed, and 15 % would be 75.
        Assert.InRange(withStars, 30, 70);
    }

    [Fact]
    public async Task Rules_JasonToV2_GivesHimAloneBlackStars()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(HttpMethod.Put, "reviews-jason-v2.yaml");
        using var jason = await lab.ReaderAsync("jason");
        using var other = await lab.ReaderAsync("kate");

        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("data-color=\"black\"", await jason.GetStringAsync("/productpage"), StringComparison.Ordinal);
            Assert.DoesNotContain("data-color", await other.GetStringAsync("/productpage"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rules_AbortForJason_LeavesHisPageWhole()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(HttpMethod.Put, "reviews-v3.yaml");
        await lab.ApplyAsync(HttpMethod.Patch, "ratings-abort.yaml");
        using var jason = await lab.ReaderAsync("jason");
        using var other = await lab.ReaderAsync();

        Assert.Contains("Ratings service is currently unavailable", await jason.GetStringAsync("/productpage"), StringComparison.Ordinal);
        Assert.Contains("data-color=\"red\"", await other.GetStringAsync("/productpage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_SevenSecondsForJason_BreakHisReviewsWithV2AndDegradeThemWithV3()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(HttpMethod.Put, "reviews-jason-v2.yaml");
        await lab.ApplyAsync(HttpMethod.Patch, "ratings-delay.yaml");
        using var jason = await lab.ReaderAsync("jason");
        using var other = await lab.ReaderAsync();

        var start = Stopwatch.GetTimestamp();
        var broken = await jason.GetStringAsync("/productpage");
        var waited = Stopwatch.GetElapsedTime(start);

        // The page gives reviews up after twice 3 s, before ratings' 7 s are over.
        Assert.Contains("Error fetching product reviews", broken, StringComparison.Ordinal);
        Assert.InRange(waited, TimeSpan.FromSeconds(5.9), TimeSpan.FromSeconds(30));

        Assert.DoesNotContain("Error fetching", await other.GetStringAsync("/productpage"), StringComparison.Ordinal);

        await lab.ApplyAsync(HttpMethod.Patch, "reviews-v3.yaml");
        var degraded = await jason.GetStringAsync("/productpage");
        Assert.Contains("Ratings service is currently unavailable", degraded, StringComparison.Ordinal);
        Assert.DoesNotContain("Error fetching", degraded, StringComparison.Ordinal);
        Assert.Contains("data-color=\"red\"", await other.GetStringAsync("/productpage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_BadPut_KeepsThoseInForce()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(HttpMethod.Put, "reviews-v3.yaml");
        using var reader = await lab.ReaderAsync();
        var bad = (await File.ReadAllTextAsync(RunningLab.RuleFile("reviews-90-10.yaml")))
            .Replace("weight: 90", "weight: -90", StringComparison.Ordinal);

        using var answer = await lab.SendRulesAsync(HttpMethod.Put, bad);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("weight", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("data-color=\"red\"", await reader.GetStringAsync("/productpage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_PutFromAnotherSite_IsRefused()
    {
        await using var lab = await RunningLab.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/rules")
        {
            Content = new StringContent(await File.ReadAllTextAsync(RunningLab.RuleFile("reviews-v3.yaml"))),
            Headers = { { "Origin", "http://evil.example" } },
        };

        using var answer = await lab.Console.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Rules_FileChanged_IsAppliedAndABadChangeIsTold()
    {
        var folder = Directory.CreateTempSubdirectory("bookinfo-rules-");
        try
        {
            var file = Path.Combine(folder.FullName, "reviews.yaml");
            File.Copy(RunningLab.RuleFile("reviews-v3.yaml"), file);
            await using var lab = await RunningLab.StartAsync("--rules", file);
            using var reader = await lab.ReaderAsync();
            Assert.Contains("data-color=\"red\"", await reader.GetStringAsync("/productpage"), StringComparison.Ordinal);

            var v2 = (await File.ReadAllTextAsync(file)).Replace("subset: v3", "subset: v2", StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, v2);
            await lab.Process.SaysAsync("The changed rules are in force");
            Assert.Contains("data-color=\"black\"", await reader.GetStringAsync("/productpage"), StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, v2.Replace("hosts:", "hots:", StringComparison.Ordinal));
            await lab.Process.ComplainsAsync("The previous rules are still active.");
            Assert.Contains("hots", lab.Process.Error, StringComparison.Ordinal);
            Assert.Contains("data-color=\"black\"", await reader.GetStringAsync("/productpage"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
