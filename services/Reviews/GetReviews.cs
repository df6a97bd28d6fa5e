using System.Globalization;
using Bookinfo.Reviews.Ratings;
using Bookinfo.ServiceDefaults.Hosting;

namespace Bookinfo.Reviews;

/// <summary><c>GET /reviews/{id}</c>: what two reviewers say of a book, with their stars where the release has any. Always 200, whatever ratings does.</summary>
internal sealed class GetReviews(ReviewsBody body, RatingsClient? ratings)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (!TryReadId(context, out var id))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var stars = ratings is null ? default : await ratings.GetAsync(id, context);
        await context.Response.WriteJsonAsync(ReviewsBody.Head, id, body.Tail(stars));
    }

    // An int in the original: as many bits, and the same canonical form.
    private static bool TryReadId(HttpContext context, out string id)
    {
        var isNumber = int.TryParse(context.Request.RouteValues["id"] as string, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        id = number.ToString(CultureInfo.InvariantCulture);
        return isNumber;
    }
}
