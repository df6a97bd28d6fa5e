using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bookinfo.Tests.TrafficConsole.Api;

/// <summary>
/// Bodies sent by mistake or in bad faith: every endpoint that reads JSON says what is wrong with them, and does nothing.
/// </summary>
public sealed class HostileBodyTests : IAsyncLifetime
{
    private const string Explain = "POST /api/explain";
    private const string Fault = "PUT /api/pods/reviews-v2-1/fault";
    private const string Shift = "POST /api/services/reviews/shift";

    private static readonly string[] Everywhere =
    [
        "", "null", "[]", "1", "\"text\"", "{", "{}}", "{\"a\":1}", "{\"percent\":1,\"percent\":1}", "\0", "NaN", "{\"percent\":{}}",
        "{\"percent\":null,\"url\":null}",
    ];

    private readonly RunningConsole _console = new();

    public static TheoryData<string, string> Bodies
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { Explain, """{"from":"reviews-v1","url":"http://reviews:9080/","headers":{"a":null}}""" },
                { Explain, """{"from":"reviews-v1","url":"http://reviews:9080/","headers":{"a":[null]}}""" },
                { Explain, """{"from":"reviews-v1","url":"http://reviews:9080/","headers":{"a":"text"}}""" },
                { Explain, """{"from":"reviews-v1","url":"http://reviews:9080/","headers":[]}""" },
                { Explain, """{"from":null,"url":"http://reviews:9080/"}""" },
                { Explain, """{"from":"reviews-v1","url":null}""" },
                { Explain, """{"from":"reviews-v1"}""" },
                { Explain, """{"from":"reviews-v1","url":"http://reviews:9080/","method":null}""" },
                { Explain, """{"from":"reviews-v1","url":"http://reviews:9080/","method":7}""" },
                { Explain, """{"from":"reviews-v1","url":"http://reviews:9080/","more":1}""" },
                { Fault, """{"percent":1e400}""" },
                { Fault, """{"percent":-1}""" },
                { Fault, """{"percent":101}""" },
                { Fault, """{"percent":"NaN"}""" },
                { Fault, """{"percent":"50"}""" },
                { Fault, """{"status":99}""" },
                { Fault, """{"status":600}""" },
                { Fault, """{"status":1e10}""" },
                { Fault, """{"delayMilliseconds":-1}""" },
                { Fault, """{"delayMilliseconds":1e300}""" },
                { Fault, """{"percent":0,"x":1}""" },
                { Shift, """{"release":null,"percent":10}""" },
                { Shift, """{"release":"v2","percent":0}""" },
                { Shift, """{"release":"v2","percent":1e9}""" },
                { Shift, """{"release":"v2","percent":"10"}""" },
                { Shift, """{"release":"v2","percent":10,"x":1}""" },
                { Shift, """{"percent":10}""" },
            };
            foreach (var (endpoint, body) in new[] { Explain, Fault,
                Shift }.SelectMany(endpoint => Everywhere.Select(body => (endpoint, body))))
            {
                data.Add(endpoint, body);
            }

            return data;
        }
    }

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Send_BodyThatIsNotOne_400WithProblemDetailsAndNothingDone(string endpoint, string body)
    {
        var parts = endpoint.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1])
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };

        using var answer = await _console.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        Assert.Empty(_console.V2.Requests);
        Assert.Equal("v1", await _console.AskReviewsAsync());
    }

    [Theory]
    [InlineData(Explain)]
    [InlineData(Fault)]
    [InlineData(Shift)]
    public async Task Send_BodyOfAnotherType_415(string endpoint)
    {
        var parts = endpoint.Split(' ');

        using var answer = await _console.SendAsync(new HttpMethod(parts[0]), parts[1], "percent: 1");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
