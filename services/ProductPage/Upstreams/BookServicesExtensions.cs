using Bookinfo.ProductPage.Sessions;
using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.ServiceDefaults.Upstreams;

namespace Bookinfo.ProductPage.Upstreams;

internal static class BookServicesExtensions
{
    /// <summary>Registers <see cref="BookServices"/> and the three services it asks.</summary>
    /// <exception cref="SettingException">An address, or FLOOD_FACTOR, means nothing.</exception>
    public static void AddBookServices(this WebApplicationBuilder builder)
    {
        foreach (var name in (string[])["details", "reviews", "ratings"])
        {
            builder.AddUpstream(new() { Name = name, Address = UpstreamAddress.Read(builder.Configuration, name),
                Timeout = BookServices.Patience });
        }

        var floodFactor = builder.Configuration.Number("FLOOD_FACTOR", 0, 0, 10_000);
        builder.Services.AddSingleton(services => new BookServices(
            services.GetUpstream("details"),
            services.GetUpstream("reviews"),
            services.GetUpstream("ratings"),
            services.GetRequiredService<SessionCookie>(),
            floodFactor,
            services.GetRequiredService<TimeProvider>()));
    }
}
