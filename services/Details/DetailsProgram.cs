using Bookinfo.Details.Books;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Details;

/// <summary>Composes the service, for its own process and for hosts that run several services in one.</summary>
public static class DetailsProgram
{
    /// <summary>Builds the service from the builder's configuration; the caller runs it.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddServiceDefaults("details");
        builder.AddBooks();

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGet("/health", GetHealth.HandleAsync);
        app.MapGet(DetailsPath.Pattern, new GetDetails(app.Services.GetRequiredService<IBookSource>(), app.Logger).HandleAsync);
        return app;
    }
}
