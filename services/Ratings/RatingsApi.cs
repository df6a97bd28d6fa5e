using System.Globalization;
using System.Text.Json;
using Bookinfo.Ratings.Releases;
using Bookinfo.Ratings.Stores;
using Bookinfo.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Bookinfo.Ratings;

/// <summary>The service's endpoints.</summary>
internal static class RatingsApi
{
    /// <summary>The longest body that a POST may have, in bytes.</summary>
    public const int MaxBody = 16 * 1024;

    private static readonly ErrorAnswer NoId = new("please provide numeric product ID");
    private static readonly ErrorAnswer NoRatings = new("please provide valid ratings JSON");
    private static readonly ErrorAnswer NoDatabase = new("could not connect to ratings database");
    private static readonly ErrorAnswer Unavailable = new("Service unavailable");

    public static void MapRatingsApi(this IEndpointRouteBuilder app)
    {
        // Everything after the slash is the id, so that /ratings/ and /ratings/0/foo get the contract's 400.
        var ratings = app.MapGroup("/ratings/{**id}").AddEndpointFilter(RequireSlash);
        ratings.MapGet("", GetRatings).WithName("GetRatings").WithSummary("The ratings of a book")
            .Produces<ErrorAnswer>(StatusCodes.Status503ServiceUnavailable);
        ratings.MapPost("", PostRatings).WithName("PostRatings").WithSummary("Replaces the ratings of a book")
            .Accepts<OrderedDictionary<string, int>>("application/json").WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        app.MapGet("/health", GetHealth).WithName("GetHealth").WithSummary("What the release says of itself");
    }

    private static async Task<Results<Ok<BookRatings>, BadRequest<ErrorAnswer>, InternalServerError<ErrorAnswer>,
        JsonHttpResult<ErrorAnswer>>> GetRatings(
        string? id, IRatingsStore store, IRelease release, ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (!Int128.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var product))
        {
            return TypedResults.BadRequest(NoId);
        }

        if (!await release.IsAvailableAsync(cancellation))
        {
            return TypedResults.Json(Unavailable, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            return TypedResults.Ok(new BookRatings(product, await store.FindAsync(product, cancellation)));
        }
        catch (RatingsStoreException problem)
        {
            loggers.CreateLogger<BookRatings>().LogError("Cannot read ratings: {Problem}", problem.Message);
            return TypedResults.InternalServerError(NoDatabase);
        }
    }

    // The body is read whatever media type it claims to have, as the original does.
    private static async Task<Results<Ok<BookRatings>, BadRequest<ErrorAnswer>, InternalServerError<ErrorAnswer>>> PostRatings(
        string? id, HttpRequest request, IRatingsStore store, ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (!Int128.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var product))
        {
            return TypedResults.BadRequest(NoId);
        }

        if (await ReadRatingsAsync(request.Body, cancellation) is not { } ratings)
        {
            return TypedResults.BadRequest(NoRatings);
        }

        try
        {
            await store.SaveAsync(product, ratings, cancellation);
            return TypedResults.Ok(new BookRatings(product, ratings));
        }
        catch (RatingsStoreException problem)
        {
            loggers.CreateLogger<BookRatings>().LogError("Cannot store ratings: {Problem}", problem.Message);
            return TypedResults.InternalServerError(NoDatabase);
        }
    }

    private static Results<Ok<HealthAnswer>, InternalServerError<HealthAnswer>> GetHealth(IRelease release) => release.IsHealthy
        ? TypedResults.Ok(new HealthAnswer("Ratings is healthy"))
        : TypedResults.InternalServerError(new HealthAnswer("Ratings is not healthy"));

    // The pattern matches /ratings too, which the service does not have.
    private static ValueTask<object?> RequireSlash(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Path == "/ratings" ? ValueTask.FromResult<object?>(TypedResults.NotFound()) : next(context);

    // Anything but whole stars from 1 to 5 would break the services that read it later. 5.0 and 5e0 are the number five, too.
    private static async Task<OrderedDictionary<string, int>?> ReadRatingsAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            var posted = await JsonSerializer.DeserializeAsync(body, RatingsJson.Default.OrderedDictionaryStringDouble, cancellation);
            return posted is not null && posted.Values.All(stars => stars is >= 1 and <= 5 && double.IsInteger(stars))
                ? new(posted.Select(rating => KeyValuePair.Create(rating.Key, (int)rating.Value)))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
