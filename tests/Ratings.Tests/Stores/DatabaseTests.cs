using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Ratings.Stores;

/// <summary>What release v2 does on any database; each kind has a class of its own that says which.</summary>
public abstract class DatabaseTests
{
    private const string Seeded = """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}""";

    /// <summary>Settings that name a database of the test's own, empty.</summary>
    protected abstract (string, string?)[] NewDatabase();

    [Fact]
    public async Task Get_NewDatabase_IsSeeded()
    {
        await using var service = await StartAsync(NewDatabase());

        Assert.Equal((200, Seeded), await service.GetAsync("/ratings/0"));
        Assert.Equal((200, """{"id":12,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""), await service.GetAsync("/ratings/12"));
    }

    [Fact]
    public async Task Post_Ratings_OutliveThePodAndReachOthers()
    {
        var database = NewDatabase();
        const string Posted = """{"id":0,"ratings":{"Zoë":1,"Adam":3}}""";
        await using var other = await StartAsync(database);
        await using (var service = await StartAsync(database))
        {
            Assert.Equal((200, Posted), await service.PostAsync("/ratings/0", """{"Zoë":1,"Adam":3}"""));
        }

        Assert.Equal((200, Posted), await other.GetAsync("/ratings/0"));
        await using var later = await StartAsync(database);
        Assert.Equal((200, Posted), await later.GetAsync("/ratings/0"));
    }

    [Fact]
    public async Task Post_ReplacesWhatWasPosted()
    {
        await using var service = await StartAsync(NewDatabase());
        await service.PostAsync("/ratings/3", """{"a":1,"b":2}""");

        await service.PostAsync("/ratings/3", "{}");

        Assert.Equal((200, """{"id":3,"ratings":{}}"""), await service.GetAsync("/ratings/3"));
    }

    [Fact]
    public async Task Start_SeveralPodsAtOnce_MakeOneSchemaAndOneSeed()
    {
        var database = NewDatabase();

        var pods = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => StartAsync(database))));
        var answers = await Task.WhenAll(pods.Select(pod => pod.GetAsync("/ratings/0")));

        Assert.All(answers, answer => Assert.Equal((200, Seeded), answer));
        foreach (var pod in pods)
        {
            Assert.Equal((200, "Healthy"), await pod.GetAsync("/health/ready"));
            await pod.DisposeAsync();
        }
    }

    [Fact]
    public async Task Post_ManyAtOnceToOneBook_LeavesOneOfThemWhole()
    {
        await using var service = await StartAsync(NewDatabase());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            service.PostAsync("/ratings/1", $$"""{"a":{{(i % 5) + 1}},"b":{{(i % 5) + 1}}}""")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var (_, body) = await service.GetAsync("/ratings/1");
        Assert.Contains(body, answers.Select(answer => answer.Body));
    }

    protected static Task<RunningService> StartAsync((string, string?)[] database) => RatingsService.StartAsync("v2", settings: database);
}
