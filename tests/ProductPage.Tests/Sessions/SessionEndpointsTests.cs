using System.Net;

namespace Bookinfo.Tests.ProductPage.Sessions;

public sealed class SessionEndpointsTests
{
    [Fact]
    public async Task Login_Name_SignsInWithASafeCookie()
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.PostAsync("/login", Page.Form("jason"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/productpage", response.Headers.Location?.OriginalString);
        var attributes = Assert.Single(response.Headers.GetValues("Set-Cookie")).Split("; ")[1..];
        Assert.Equal(["httponly", "path=/", "samesite=lax"], attributes.Order());
        Assert.Equal("Signed in as jason", (await shop.FetchAsync(session: Page.CookieOf(response))).TextOf(".reader p"));
    }

    [Fact]
    public async Task Page_TamperedCookie_IsSignedOut()
    {
        await using var shop = await Page.StartAsync();
        var cookie = await shop.SignInAsync("jason");
        var page = await shop.FetchAsync(session: cookie.Replace("session=", "session=A", StringComparison.Ordinal));
        Assert.NotNull(page.QuerySelector("form[action='/login']"));
    }

    [Fact]
    public async Task Page_CookieOfAPodWithTheSameKey_IsSignedIn()
    {
        await using var one = await Page.StartAsync("SESSION_KEY=the same secret everywhere");
        await using var other = await Page.StartAsync("SESSION_KEY=the same secret everywhere");
        Assert.Equal("Signed in as jason", (await other.FetchAsync(session: await one.SignInAsync("jason"))).TextOf(".reader p"));
    }

    [Fact]
    public async Task Page_CookieOfAPodWithoutACommonKey_IsSignedOut()
    {
        await using var one = await Page.StartAsync();
        await using var other = await Page.StartAsync();
        Assert.NotNull((await other.FetchAsync(session: await one.SignInAsync("jason"))).QuerySelector("form[action='/login']"));
    }

    [Fact]
    public async Task Build_ShortSessionKey_SaysWhatWouldBeRight()
    {
        var problem = await Assert.ThrowsAsync<ServiceDefaults.SettingException>(() => Page.StartAsync("SESSION_KEY=short"));
        Assert.Equal("SESSION_KEY is '5 characters long'; it should be a secret of 16 characters or more.", problem.Message);
    }

    [Fact]
    public async Task Logout_SignedIn_TakesTheCookieAway()
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.GetAsync("/logout");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/productpage", response.Headers.Location?.OriginalString);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("session=; expires=Thu, 01 Jan 1970", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example/", "/productpage")]
    [InlineData("http://evil.example//evil.example", "/productpage")]
    [InlineData("http://evil.example/productpage?u=test", "/productpage")]
    [InlineData("/productpage?u=test", "/productpage?u=test")]
    public async Task Logout_Referer_LeadsToAPathOfOurOwn(string referer, string expected)
    {
        await using var shop = await Page.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/logout")
        {
            Headers = { Referrer = new Uri(shop.Service.Address, referer) },
        };
        using var response = await shop.Client.SendAsync(request);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "http://evil.example")]
    public async Task Login_FromAnotherSite_IsRefused(string header, string value)
    {
        await using var shop = await Page.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = Page.Form("mallory") };
        request.Headers.Add(header, value);
        using var response = await shop.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Login_BlankName_SignsOut()
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.PostAsync("/login", Page.Form("  "));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("session=", Page.CookieOf(response));
    }

    [Theory]
    [InlineData("jason\r\nx-admin: 1")]
    [InlineData("jason\0")]
    [InlineData("a name that is longer than sixty-four characters can ever hope to be, alas")]
    public async Task Login_NameThatFitsNoHeader_IsRefused(string name)
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.PostAsync("/login", Page.Form(name));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("application/json", "{\"username\":\"jason\"}")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nthis is not a part")]
    [InlineData("multipart/form-data", "no boundary")]
    public async Task Login_NoForm_IsRefused(string contentType, string body)
    {
        await using var shop = await Page.StartAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        using var response = await shop.Client.PostAsync("/login", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Login_EndlessForm_IsRefused()
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.PostAsync("/login", Page.Form(new string('x', 100_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Login_Get_IsNotAllowed()
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.GetAsync("/login");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }
}
