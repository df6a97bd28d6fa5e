namespace Bookinfo.ProductPage;

/// <summary>Composes the service, for its own process and for hosts that run several services in one.</summary>
public static class ProductPageProgram
{
    /// <summary>Builds the service from the builder's configuration; the caller runs it.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var app = builder.Build();
        app.MapGet("/health", () => "healthy");
        return app;
    }
}
