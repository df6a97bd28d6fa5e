using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Tests.ServiceDefaults.Http;

public sealed class UpstreamAddressTests
{
    [Theory]
    [InlineData(null, null, null, "http://ratings:9080/")]
    [InlineData("stars", null, null, "http://stars:9080/")]
    [InlineData(null, "8080", null, "http://ratings:8080/")]
    [InlineData(null, null, "book.svc.cluster.local", "http://ratings.book.svc.cluster.local:9080/")]
    [InlineData("10.0.0.7", "81", null, "http://10.0.0.7:81/")]
    public void Read_HostPortAndDomain_AreTheOriginals(string? host, string? port, string? domain, string expected) =>
        Assert.Equal(expected, UpstreamAddress.Read(With(host, port, domain), "ratings").ToString());

    [Theory]
    [InlineData("a/b", null)]
    [InlineData("user@host", null)]
    [InlineData("host", "0")]
    [InlineData("host", "tcp://10.0.0.1:9080")]
    public void Read_NoHostOrNoPort_IsRefused(string host, string? port) =>
        Assert.Throws<SettingException>(() => UpstreamAddress.Read(With(host, port, null), "ratings"));

    private static IConfiguration With(string? host, string? port, string? domain) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("RATINGS_HOSTNAME", host), new("RATINGS_SERVICE_PORT", port), new("SERVICES_DOMAIN", domain)]).Build();
}
