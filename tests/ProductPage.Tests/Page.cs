using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bookinfo.ProductPage;

namespace Bookinfo.Tests.ProductPage;

/// <summary>Fetches and reads the page as a browser would.</summary>
internal static class Page
{
    public static Task<Bookshop> StartAsync(params string[] settings) => Bookshop.StartAsync(ProductPageProgram.Build, null, settings);

    public static async Task<IDocument> FetchAsync(this Bookshop shop, string path = "/productpage", string? session = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (session is not null)
        {
            request.Headers.Add("Cookie", session);
        }

        using var response = await shop.Client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Signs in and gives the cookie as a browser would send it back.</summary>
    public static async Task<string> SignInAsync(this Bookshop shop, string user)
    {
        using var response = await shop.Client.PostAsync("/login", Form(user));
        return CookieOf(response);
    }

    public static FormUrlEncodedContent Form(string user) => new([new("username", user), new("passwd", "whatever")]);

    public static string CookieOf(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Set-Cookie")).Split(';')[0];

    public static string TextOf(this IParentNode document, string selector) =>
        document.QuerySelector(selector)?.TextContent.Trim() ?? throw new Xunit.Sdk.XunitException($"There is no {selector}.");
}
