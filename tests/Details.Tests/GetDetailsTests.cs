using Bookinfo.Details;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Details;

public sealed class GetDetailsTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("7", "7")]
    [InlineData("-3", "-3")]
    [InlineData("010", "10")]
    [InlineData("5/", "5")]
    [InlineData("18446744073709551616", "18446744073709551616")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    public async Task Get_AnyWholeNumber_AnswersTheBookInTheContractsOrder(string id, string canonical)
    {
        await using var service = await RunningService.StartAsync(DetailsProgram.Build, []);

        using var answer = await service.Client.GetAsync($"/details/{id}");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            $$"""{"id":{{canonical}},"author":"William Shakespeare","year":1595,"type":"paperback","pages":"""
                + $$"""200,"publisher":"PublisherA","language":"English","ISBN-10":"1234567890","ISBN-13":"123-1234567890"}""",
            await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/details/abc")]
    [InlineData("/details/")]
    [InlineData("/details")]
    [InlineData("/details/0/foo")]
    [InlineData("/details/0x1F")]
    [InlineData("/details/1_000")]
    [InlineData("/details/1.0")]
    [InlineData("/details/%205")]
    [InlineData("/details/999999999999999999999999999999999999999")]
    public async Task Get_NoWholeNumber_Is400(string path)
    {
        await using var service = await RunningService.StartAsync(DetailsProgram.Build, []);

        Assert.Equal((400, """{"error":"please provide numeric product id"}"""), await service.GetAsync(path));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/detail/0")]
    [InlineData("/detailsx")]
    public async Task Get_OtherPath_Is404(string path)
    {
        await using var service = await RunningService.StartAsync(DetailsProgram.Build, []);

        Assert.Equal(404, (await service.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("POST", "/details/0")]
    [InlineData("PUT", "/details/0")]
    [InlineData("DELETE", "/details/0")]
    [InlineData("POST", "/health")]
    public async Task OtherMethod_OnAPathOfOurs_Is405(string method, string path)
    {
        await using var service = await RunningService.StartAsync(DetailsProgram.Build, []);

        Assert.Equal((405, "GET"), await service.SendAsync(method, path));
    }
}
