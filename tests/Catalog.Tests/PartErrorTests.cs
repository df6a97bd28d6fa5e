using System.Globalization;
using Bookinfo.Catalog.V1;

namespace Bookinfo.Tests.Catalog;

/// <summary>Each way in which a service can fail costs the caller that service's part and no other.</summary>
public sealed class PartErrorTests
{
    public static TheoryData<string, string> Failures()
    {
        var rows = new TheoryData<string, string>();
        foreach (var service in new[] { "details", "reviews", "ratings" })
        {
            foreach (var failure in new[] { "away", "breaks off", "breaks off in the body", "404", "500", "503", "silent",
                "silent in the body", "no JSON", "null", "[]", "{}", "endless" })
            {
                rows.Add(service, failure);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task GetBook_OneServiceFails_OnlyItsPartIsAnError(string service, string failure)
    {
        await using var host = await CatalogHost.StartAsync("UPSTREAM_TIMEOUT_MILLISECONDS=1000");
        if (failure == "away")
        {
            await host.Neighbours[service].DisposeAsync();
        }
        else
        {
            host.Neighbours[service].Answer = Answer(failure);
        }

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        var errors = new Dictionary<string, PartError?>
        {
            ["details"] = page.Details.Error,
            ["reviews"] = page.Reviews.Error,
            ["ratings"] = page.Ratings.Error,
        };
        Assert.All(errors, error => Assert.Equal(error.Key != service, error.Value is null));
        var expected = new PartError { Code = Code(failure), Message = Apology(service) };
        if (int.TryParse(failure, out var status))
        {
            expected.HttpStatus = status;
        }

        Assert.Equal(expected, errors[service]);
    }

    [Theory]
    [InlineData("details", """{"id":0,"author":null,"year":1595,"type":"t","pages":"""
        + """1,"publisher":"p","language":"l","ISBN-10":"1","ISBN-13":"1"}""")]
    [InlineData("details", """{"id":0,"author":"a","year":true,"type":"t","pages":"""
        + """1,"publisher":"p","language":"l","ISBN-10":"1","ISBN-13":"1"}""")]
    [InlineData("details", """{"id":0,"author":"a","year":"""
        + """1595,"type":"t","pages":"many","publisher":"p","language":"l","ISBN-10":"1","ISBN-13":"1"}""")]
    [InlineData("reviews", """{"id":"0","reviews":[null]}""")]
    [InlineData("reviews", """{"id":"0","reviews":[{"reviewer":"r","text":"t","rating":{}}]}""")]
    [InlineData("reviews", """{"id":"0","reviews":[{"reviewer":"r","text":"t","rating":{"stars":9,"color":"red"}}]}""")]
    [InlineData("ratings", """{"id":0,"ratings":{"Reviewer1":0}}""")]
    [InlineData("ratings", """{"id":0,"ratings":{"Reviewer1":"five"}}""")]
    [InlineData("ratings", """{"id":0,"ratings":[5,4]}""")]
    public async Task GetBook_AnswerMakesNoSense_PartIsAnError(string service, string json)
    {
        await using var host = await CatalogHost.StartAsync();
        host.Neighbours[service].Answer = Answers.Json(json);

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        var error = service switch { "details" => page.Details.Error, "reviews" => page.Reviews.Error, _ => page.Ratings.Error };
        Assert.Equal(PartErrorCode.InvalidAnswer, error.Code);
    }

    [Fact]
    public async Task GetBook_EveryServiceAway_StillHasTheBook()
    {
        await using var host = await CatalogHost.StartAsync();
        await host.Neighbours.DisposeAsync();

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Equal("The Comedy of Errors", page.Book.Title);
        Assert.Equal(
            [PartErrorCode.Unreachable, PartErrorCode.Unreachable, PartErrorCode.Unreachable],
            [page.Details.Error.Code, page.Reviews.Error.Code, page.Ratings.Error.Code]);
        Assert.Null(page.Details.ServedBy);
    }

    [Fact]
    public async Task GetBook_ServiceFails_IsAskedOnce()
    {
        await using var host = await CatalogHost.StartAsync();
        host.Neighbours.Reviews.Answer = Answers.Status(503);

        await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Single(host.Neighbours.Reviews.Requests);
    }

    private static RequestDelegate Answer(string failure) => failure switch
    {
        "breaks off" => Answers.BreakOff,
        "breaks off in the body" => Answers.BreakOffInTheBody,
        "silent" => Answers.Silence,
        "silent in the body" => Answers.SilenceInTheBody,
        "endless" => Answers.Endless,
        "no JSON" => Answers.Json("<html>"),
        "null" or "[]" or "{}" => Answers.Json(failure),
        _ => Answers.Status(int.Parse(failure, CultureInfo.InvariantCulture)),
    };

    private static PartErrorCode Code(string failure) => failure switch
    {
        "away" or "breaks off" or "breaks off in the body" => PartErrorCode.Unreachable,
        "silent" or "silent in the body" => PartErrorCode.Timeout,
        "404" or "500" or "503" => PartErrorCode.ErrorStatus,
        _ => PartErrorCode.InvalidAnswer,
    };

    private static string Apology(string service) =>
        $"Sorry, product {service} are currently unavailable for this book.";
}
