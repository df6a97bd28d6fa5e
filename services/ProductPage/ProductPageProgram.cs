using Bookinfo.ProductPage.Api;
using Bookinfo.ProductPage.Pages;
using Bookinfo.ProductPage.Sessions;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.ServiceDefaults;
using Bookinfo.Web;

namespace Bookinfo.ProductPage;

/// <summary>Composes the service, for its own process and for hosts that run several services in one.</summary>
public static class ProductPageProgram
{
    /// <summary>
    /// Builds the service from the builder's configuration; the caller runs it. Settings of its own: <c>SESSION_KEY</c>, the secret that session cookies are
    /// signed with (16 characters or more; pods behind one service must share it; unset = made at start), <c>FLOOD_FACTOR</c>, extra calls to reviews for each
    /// page (0 to 10000; default 0), and where details, reviews and ratings are.
    /// </summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddServiceDefaults("productpage");
        builder.AddBookServices();
        builder.Services.AddSingleton(new SessionCookie(SessionKey.Read(builder.Configuration)));

        var app = builder.Build();
        var books = app.Services.GetRequiredService<BookServices>();
        var sessions = app.Services.GetRequiredService<SessionCookie>();
        app.UseServiceDefaults();
        app.UseSecurityHeaders();
        app.MapMethods("/health", StaticEndpoints.ReadMethods, context => context.Response.WriteAsync("Product page is healthy"));
        app.MapPages(books, sessions, app.Services.GetRequiredService<ServiceIdentity>());
        app.MapSessions(sessions);
        app.MapProducts(books);
        app.MapStaticFiles(Layout.Assets);
        return app;
    }
}
