using System.Text.Json.Serialization;
using Bookinfo.ProductPage.Books;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.ServiceDefaults;
using Bookinfo.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bookinfo.ProductPage.Api;

/// <summary><c>/api/v1/products</c>: the page's data for programs. What another service says is passed on as it came.</summary>
internal static class ProductsApi
{
    private const string Json = "application/json";

    public static void MapProductsApi(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/api/v1/products", StaticEndpoints.ReadMethods, () => TypedResults.Text(Product.ListJson, Json))
            .WithSummary("The books").Produces(StatusCodes.Status200OK, contentType: Json);
        Describe("The details of a book", app.MapMethods("/api/v1/products/{id}", StaticEndpoints.ReadMethods, GetDetails));
        Describe("The reviews of a book", app.MapMethods("/api/v1/products/{id}/reviews", StaticEndpoints.ReadMethods, GetReviews));
        Describe("The ratings of a book", app.MapMethods("/api/v1/products/{id}/ratings", StaticEndpoints.ReadMethods, GetRatings));
    }

    private static void Describe(string summary, RouteHandlerBuilder route) => route
        .WithSummary(summary)
        .Produces(StatusCodes.Status200OK, contentType: Json)
        .Produces<ErrorAnswer>(StatusCodes.Status500InternalServerError);

    private static async Task<Results<Utf8ContentHttpResult, JsonHttpResult<ErrorAnswer>>> GetDetails(string id, HttpRequest request,
        BookServices books) =>
        PassOn(await books.DetailsAsync(request, id), "details");

    private static async Task<Results<Utf8ContentHttpResult, JsonHttpResult<ErrorAnswer>>> GetReviews(string id, HttpRequest request,
        BookServices books) =>
        PassOn(await books.ReviewsAsync(request, id), "reviews");

    private static async Task<Results<Utf8ContentHttpResult, JsonHttpResult<ErrorAnswer>>> GetRatings(string id, HttpRequest request,
        BookServices books) =>
        PassOn(await books.RatingsAsync(request, id), "ratings");

    private static Results<Utf8ContentHttpResult, JsonHttpResult<ErrorAnswer>> PassOn(Answer answer, string part) => answer.IsGood
        ? TypedResults.Text(answer.Body.Span, Json)
        : TypedResults.Json(new ErrorAnswer($"Sorry, product {part} are currently unavailable for this book."), statusCode: answer.Status);
}

/// <summary>How the service's JSON is written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class ProductPageJson : JsonSerializerContext;
