using Microsoft.Extensions.Configuration;

namespace Bookinfo.ServiceDefaults.Http;

/// <summary>Bookinfo's way to name the services: <c>REVIEWS_HOSTNAME</c>, <c>SERVICES_DOMAIN</c>, <c>REVIEWS_SERVICE_PORT</c>.</summary>
public static class UpstreamAddress
{
    /// <summary>Reads where a service is, by default <c>http://{service}:9080</c>.</summary>
    /// <param name="configuration">The pod's settings.</param>
    /// <param name="service">The service's name in lower case, for example <c>reviews</c>.</param>
    /// <exception cref="SettingException">A setting is not a host name or no port.</exception>
    public static Uri Read(IConfiguration configuration, string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        var prefix = service.ToUpperInvariant();
        var host = configuration.Text($"{prefix}_HOSTNAME", service);
        var port = configuration.Number($"{prefix}_SERVICE_PORT", 9080, 1, 65535);
        var name = configuration.TextOrNull("SERVICES_DOMAIN") is { } domain ? $"{host}.{domain}" : host;
        return Uri.TryCreate($"http://{name}:{port}", UriKind.Absolute, out var address) && address.PathAndQuery == "/"
            && address.UserInfo.Length == 0
            ? address
            : throw new SettingException($"{prefix}_HOSTNAME", name, "a host name");
    }
}
