using Bookinfo.Details;
using Bookinfo.ServiceDefaults;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Details.Books;

public sealed class ExternalBookTests
{
    private const string Volume =
        """
        {"kind":"books#volumes","totalItems":1,"items":[{"id":"x","volumeInfo":{"title":"The Comedy of Errors","authors":["William Shakespeare","Another"],
        "publisher":"Courier Corporation & Söhne","publishedDate":"2002-01-01","pageCount":74,"printType":"BOOK","language":"en",
        "industryIdentifiers":[{"type":"OTHER","identifier":"0"},{"type":"ISBN_13","identifier":"9780486424613"},{"type":"ISBN_10","identifier":"0486424618"}]}}]}
        """;

    private static readonly (int, string) NoBook = (502, """{"error":"could not get the book from the external book service"}""");

    [Fact]
    public async Task Get_VolumeFound_IsTheBook()
    {
        await using var books = await StandIn.StartAsync(Answers.Json(Volume));
        await using var service = await StartAsync(books);

        var answer = await service.GetAsync("/details/7");

        Assert.Equal(
            (200, """{"id":7,"author":"William Shakespeare","year":"2002-01-01","type":"paperback","pages":74,"publisher":"Courier """
                + """Corporation & Söhne","language":"English","ISBN-10":"0486424618","ISBN-13":"9780486424613"}"""),
            answer);
        Assert.Equal("/books/v1/volumes?q=isbn:0486424618", Assert.Single(books.Requests).Target);
    }

    [Fact]
    public async Task Get_VolumeOfOtherKind_IsUnknownAndNull()
    {
        await using var books = await StandIn.StartAsync(Answers.Json(
            """{"items":[{"volumeInfo":{"authors":["A"],"language":"de","industryIdentifiers":[{"type":"ISBN_10","identifier":"1"},"""
                + """{"type":"ISBN_13","identifier":"2"}]}}]}"""));
        await using var service = await StartAsync(books);

        Assert.Equal(
            (200, """{"id":0,"author":"A","year":null,"type":"unknown","pages":null,"publisher":"""
                + """null,"language":"unknown","ISBN-10":"1","ISBN-13":"2"}"""),
            await service.GetAsync("/details/0"));
    }

    public static TheoryData<string> Useless =>
    [
        "no JSON", "", "null", "[]", "{}", """{"items":[]}""", """{"items":{}}""", """{"items":[{}]}""", """{"items":[{"volumeInfo":{}}]}""",
        """{"items":[{"volumeInfo":{"authors":["A"]}}]}""", """{"items":[{"volumeInfo":{"authors":["A"],"industryIdentifiers":"""
            + """[{"type":"ISBN_10","identifier":"1"}]}}]}""",
        """{"items":[{"volumeInfo":{"authors":[],"industryIdentifiers":[{"type":"ISBN_10","identifier":"1"},"""
            + """{"type":"ISBN_13","identifier":"2"}]}}]}""",
    ];

    [Theory]
    [MemberData(nameof(Useless))]
    public async Task Get_AnswerWithoutABook_Is502(string body)
    {
        await using var books = await StandIn.StartAsync(Answers.Json(body));
        await using var service = await StartAsync(books);

        Assert.Equal(NoBook, await service.GetAsync("/details/0"));
    }

    public static TheoryData<string> Failures => ["status", "break", "break in the body", "endless"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Get_ExternalServiceFails_Is502(string how)
    {
        RequestDelegate answer = how switch
        {
            "status" => Answers.Status(503, Volume),
            "break" => Answers.BreakOff,
            "break in the body" => Answers.BreakOffInTheBody,
            _ => Answers.Endless,
        };
        await using var books = await StandIn.StartAsync(answer);
        await using var service = await StartAsync(books);

        Assert.Equal(NoBook, await service.GetAsync("/details/0"));
    }

    [Fact]
    public async Task Get_NobodyListens_Is502()
    {
        await using var service = await RunningService.StartAsync(
            DetailsProgram.Build, [.. External, new("BOOKS_HOSTNAME", "127.0.0.1"), new("BOOKS_SERVICE_PORT", $"{FreePort.Next()}")]);

        Assert.Equal(NoBook, await service.GetAsync("/details/0"));
    }

    [Fact]
    public async Task Get_ExternalServiceSilent_Is502AfterFiveSeconds()
    {
        var time = new ManualClock();
        await using var books = await StandIn.StartAsync(Answers.Silence);
        await using var service = await StartAsync(books, time);

        var asking = service.GetAsync("/details/0");
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(NoBook, await asking);
    }

    [Fact]
    public async Task Get_IdThatIsNoNumber_AsksNobody()
    {
        await using var books = await StandIn.StartAsync(Answers.Json(Volume));
        await using var service = await StartAsync(books);

        Assert.Equal(400, (await service.GetAsync("/details/abc")).Status);
        Assert.Empty(books.Requests);
    }

    [Fact]
    public async Task Get_CallersHeaders_ArePassedOnWithTheUser()
    {
        await using var books = await StandIn.StartAsync(Answers.Json(Volume));
        await using var service = await StartAsync(books);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/details/0");
        request.Headers.Add("end-user", "jason");
        request.Headers.Add("x-request-id", "42");
        request.Headers.Add("x-not-ours", "stays");

        using var answer = await service.Client.SendAsync(request);

        var seen = Assert.Single(books.Requests).Headers;
        Assert.Equal("jason", seen["end-user"]);
        Assert.Equal("42", seen["x-request-id"]);
        Assert.False(seen.ContainsKey("x-not-ours"));
    }

    [Theory]
    [InlineData("cookie", "session=secret")]
    [InlineData("authorization", "Bearer secret")]
    [InlineData("jwt", "secret")]
    public async Task Get_CallersCredentials_StayInTheSystem(string name, string value)
    {
        await using var books = await StandIn.StartAsync(Answers.Json(Volume));
        await using var service = await StartAsync(books);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/details/0");
        request.Headers.Add(name, value);

        using var answer = await service.Client.SendAsync(request);

        Assert.False(Assert.Single(books.Requests).Headers.ContainsKey(name));
    }

    [Fact]
    public async Task Start_HostThatIsNone_IsRefused()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(
            () => RunningService.StartAsync(DetailsProgram.Build, [.. External, new("BOOKS_HOSTNAME", "http://books")]));

        Assert.StartsWith("BOOKS_HOSTNAME is 'http://books'", problem.Message, StringComparison.Ordinal);
    }

    private static KeyValuePair<string, string?>[] External =>
        [new("ENABLE_EXTERNAL_BOOK_SERVICE", "true"), new("DO_NOT_ENCRYPT", "true"), new("SERVICE_VERSION", "v2")];

    private static Task<RunningService> StartAsync(StandIn books, TimeProvider? time = null) =>
        RunningService.StartAsync(DetailsProgram.Build, [.. External, .. books.As("BOOKS")], time);
}
