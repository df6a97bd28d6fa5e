using Bookinfo.ProductPage.Books;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.ServiceDefaults.Hosting;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Api;

/// <summary><c>/api/v1/products</c>: the page's data for programs. What another service says is passed on as it came.</summary>
internal static class ProductsApi
{
    private static readonly byte[] NoDetails = """{"error": "Sorry, product details are currently unavailable for this book."}"""u8.ToArray();
    private static readonly byte[] NoReviews = """{"error": "Sorry, product reviews are currently unavailable for this book."}"""u8.ToArray();
    private static readonly byte[] NoRatings = """{"error": "Sorry, product ratings are currently unavailable for this book."}"""u8.ToArray();

    public static void MapProducts(this IEndpointRouteBuilder app, BookServices books)
    {
        app.MapMethods("/api/v1/products", StaticEndpoints.ReadMethods, context => context.Response.WriteJsonAsync(StatusCodes.Status200OK, Product.ListJson));
        Map("/api/v1/products/{id}", books.DetailsAsync, NoDetails);
        Map("/api/v1/products/{id}/reviews", books.ReviewsAsync, NoReviews);
        Map("/api/v1/products/{id}/ratings", books.RatingsAsync, NoRatings);

        void Map(string pattern, Func<HttpRequest, string, Task<Answer>> ask, byte[] sorry) => app.MapMethods(pattern, StaticEndpoints.ReadMethods, async context =>
        {
            var answer = await ask(context.Request, (string)context.Request.RouteValues["id"]!);
            await context.Response.WriteJsonAsync(answer.Status, answer.IsGood ? answer.Body : sorry);
        });
    }
}
