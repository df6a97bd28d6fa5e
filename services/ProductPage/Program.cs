using Bookinfo.ProductPage.Api;
using Bookinfo.ProductPage.Pages;
using Bookinfo.ProductPage.Sessions;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.Web;
using Microsoft.Extensions.Options;

namespace Bookinfo.ProductPage;

/// <summary>The page of the book. It asks details and reviews, and has an API for programs.</summary>
public static class ProductPageProgram
{
    /// <summary>Runs the service as a process of its own.</summary>
    /// <param name="args">Settings as <c>--KEY=value</c>, over those of the environment.</param>
    public static Task<int> Main(string[] args) => ServiceProcess.RunAsync(args, Build);

    /// <summary>Builds the service, for its own process and for the Lab, which runs all services in one.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("productpage");
        builder.AddSettings<ProductPageOptions>((options, settings) => options.Read(settings));
        foreach (var service in BookServices.Names)
        {
            builder.AddUpstream(service, _ => BookServices.Timeout, PropagatedHeaders.Default);
        }

        builder.Services.AddSingleton<BookServices>();
        builder.Services.AddSingleton(services =>
            new SessionCookie(services.GetRequiredService<IOptions<ProductPageOptions>>().Value.SessionKey));
        builder.Services.AddOpenApi();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ProductPageJson.Default));

        var app = builder.Build();
        app.UseServiceDefaults();
        app.UseSecurityHeaders();
        app.MapOpenApi();
        app.MapPages();
        app.MapSessions();
        app.MapProductsApi();
        app.MapStaticFiles(Layout.Assets);
        return app;
    }
}
