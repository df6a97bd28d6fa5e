using Bookinfo.ServiceDefaults;

namespace Bookinfo.Ratings;

/// <summary><c>/ratings/{id}</c>: all that comes after the second slash is the id, so that <c>/ratings/</c> and <c>/ratings/0/foo</c> name ids that are no numbers.</summary>
internal static class RatingsPath
{
    public const string Pattern = Prefix + "{**id}";

    private const string Prefix = "/ratings/";

    /// <summary>Keeps <c>/ratings</c> away, which the pattern matches too, and which the service does not have.</summary>
    public static RequestDelegate Only(RequestDelegate handler) => context =>
    {
        if (context.Request.Path.Value!.Length >= Prefix.Length)
        {
            return handler(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    /// <returns>False where the id is no whole number.</returns>
    public static bool TryRead(HttpContext context, out string id)
    {
        // The pattern's parameter would decode %2F; the path does not.
        var isNumber = ProductId.TryRead(context.Request.Path.Value.AsSpan(Prefix.Length), out var number);
        id = number.ToString();
        return isNumber;
    }
}
