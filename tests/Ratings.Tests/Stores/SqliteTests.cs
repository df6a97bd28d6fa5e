using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Ratings.Stores;

public sealed class SqliteTests : DatabaseTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-ratings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Get_FileThatCannotBeOpened_Is500AndNotReadyUntilItCan()
    {
        var file = Path.Combine(_folder.FullName, "later", "ratings.db");
        await using var service = await StartAsync([("RATINGS_DATABASE_FILE", file)]);

        Assert.Equal((500, """{"error":"could not connect to ratings database"}"""), await service.GetAsync("/ratings/0"));
        Assert.Equal((500, """{"error":"could not connect to ratings database"}"""), await service.PostAsync("/ratings/0", """{"a":1}"""));
        Assert.Equal((503, "Unhealthy"), await service.GetAsync("/health/ready"));
        Assert.Equal(200, (await service.GetAsync("/health/live")).Status);

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Assert.Equal((200, "Healthy"), await service.GetAsync("/health/ready"));
        Assert.Equal(200, (await service.GetAsync("/ratings/0")).Status);
    }

    [Fact]
    public async Task Start_NoFileNamed_PodsOfOneProcessShareOne()
    {
        await using var one = await StartAsync([]);
        await using var other = await StartAsync([]);

        await one.PostAsync("/ratings/77", """{"a":1}""");

        Assert.Equal((200, """{"id":77,"ratings":{"a":1}}"""), await other.GetAsync("/ratings/77"));
    }

    protected override (string, string?)[] NewDatabase() =>
        [("RATINGS_DATABASE_FILE", Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.db"))];
}
