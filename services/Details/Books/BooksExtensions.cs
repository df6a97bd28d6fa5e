using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;

namespace Bookinfo.Details.Books;

internal static class BooksExtensions
{
    private const string HostKey = "BOOKS_HOSTNAME";

    // The original's.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// With <c>ENABLE_EXTERNAL_BOOK_SERVICE=true</c> the book comes from an external service: <c>BOOKS_HOSTNAME</c> (www.googleapis.com) at
    /// <c>BOOKS_SERVICE_PORT</c> (443), by plain HTTP (80) with <c>DO_NOT_ENCRYPT=true</c>, so that the mesh may see and route the call.
    /// </summary>
    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public static void AddBooks(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.Flag("ENABLE_EXTERNAL_BOOK_SERVICE"))
        {
            builder.Services.AddSingleton<IBookSource, KnownBook>();
            return;
        }

        builder.AddUpstream("books", _ => Timeout, PropagatedHeaders.WithoutCredentials, ReadAddress(builder.Configuration))
            .AddTypedClient<IBookSource, ExternalBookService>();
    }

    private static Uri ReadAddress(IConfiguration configuration)
    {
        var plain = configuration.Flag("DO_NOT_ENCRYPT");
        var host = configuration.Text(HostKey, "www.googleapis.com");
        var port = configuration.Number("BOOKS_SERVICE_PORT", plain ? 80 : 443, 1, 65535);
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new UriBuilder(plain ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, host, port).Uri
            : throw new SettingException(HostKey, host, "a host name");
    }
}
