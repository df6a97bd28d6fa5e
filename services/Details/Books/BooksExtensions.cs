using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Upstreams;

namespace Bookinfo.Details.Books;

internal static class BooksExtensions
{
    private const string Host = "BOOKS_HOSTNAME";

    // The original's patience with the external service.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// With <c>ENABLE_EXTERNAL_BOOK_SERVICE=true</c> the book comes from an external service: <c>BOOKS_HOSTNAME</c> (www.googleapis.com) at
    /// <c>BOOKS_SERVICE_PORT</c> (443), by plain HTTP (80) with <c>DO_NOT_ENCRYPT=true</c>, so that the mesh may see and steer the call.
    /// </summary>
    public static void AddBooks(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.Flag("ENABLE_EXTERNAL_BOOK_SERVICE"))
        {
            builder.Services.AddSingleton<IBookSource, KnownBook>();
            return;
        }

        builder.AddUpstream(new UpstreamOptions
        {
            Name = ExternalBook.Upstream,
            Address = ReadAddress(builder.Configuration),
            Timeout = Patience,
            Headers = ForwardedHeaders.WithoutCredentials,
        });
        builder.Services.AddSingleton<IBookSource>(services => new ExternalBook(services.GetUpstream(ExternalBook.Upstream)));
    }

    private static Uri ReadAddress(IConfiguration configuration)
    {
        var plain = configuration.Flag("DO_NOT_ENCRYPT");
        var host = configuration.Text(Host, "www.googleapis.com");
        var port = configuration.Number("BOOKS_SERVICE_PORT", plain ? 80 : 443, 1, 65535);
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new UriBuilder(plain ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, host, port).Uri
            : throw new SettingException(Host, host, "a host name");
    }
}
