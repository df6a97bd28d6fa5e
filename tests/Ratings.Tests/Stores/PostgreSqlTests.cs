using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Ratings.Stores;

public sealed class PostgreSqlTests(PostgreSqlFixture fixture) : DatabaseTests, IClassFixture<PostgreSqlFixture>
{
    [Fact]
    public async Task Get_ConnectionByUrl_IsUnderstood()
    {
        var name = fixture.NewDatabase();
        await using var service =
            await StartAsync(
                [("ConnectionStrings:ratings", $"postgres://bookinfo@127.0.0.1:{fixture.Server!.Port}/{name}?sslmode=disable")]);

        Assert.Equal(200, (await service.GetAsync("/ratings/0")).Status);
    }

    [Fact]
    public async Task Get_DatabaseGoesAndComesBack_500AndNotReadyThenWellAgain()
    {
        var database = NewDatabase();
        await using var service = await StartAsync(database);
        await service.PostAsync("/ratings/0", """{"a":1}""");
        Assert.Equal(200, (await service.GetAsync("/health/ready")).Status);

        fixture.Server!.Stop();
        Assert.Equal((500, """{"error":"could not connect to ratings database"}"""), await service.GetAsync("/ratings/0"));
        Assert.Equal((500, """{"error":"could not connect to ratings database"}"""), await service.PostAsync("/ratings/0", """{"a":2}"""));
        Assert.Equal((503, "Unhealthy"), await service.GetAsync("/health/ready"));
        Assert.Equal((200, """{"status":"Ratings is healthy"}"""), await service.GetAsync("/health"));

        fixture.Server.Start();
        await Eventually.HoldsAsync(async () => (await service.GetAsync("/health/ready")).Status == 200, "ready again");
        Assert.Equal((200, """{"id":0,"ratings":{"a":1}}"""), await service.GetAsync("/ratings/0"));
    }

    [Fact]
    public async Task Start_DatabaseNotThereYet_StartsAndSeedsOnceItIs()
    {
        var database = NewDatabase();
        fixture.Server!.Stop();
        await using var service = await StartAsync(database);
        Assert.Equal(503, (await service.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await service.GetAsync("/health/startup")).Status);

        fixture.Server.Start();
        await Eventually.HoldsAsync(async () => (await service.GetAsync("/health/ready")).Status == 200, "ready");
        Assert.Equal(200, (await service.GetAsync("/ratings/0")).Status);
    }

    protected override (string, string?)[] NewDatabase()
    {
        var name = fixture.NewDatabase();
        return [("ConnectionStrings:ratings",
            $"{fixture.Server!.ConnectionString.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal)}")];
    }
}
