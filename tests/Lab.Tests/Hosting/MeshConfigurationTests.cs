using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Topology;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Tests.Lab.Hosting;

public sealed class MeshConfigurationTests
{
    private readonly Dictionary<string, string?> _keys = new()
    {
        ["Mesh:Gateway"] = "127.0.0.1:8080",
        ["Mesh:Console"] = "8081",
        ["Mesh:Pods:0:Name"] = "reviews-v2-abc",
        ["Mesh:Pods:0:Service"] = "reviews",
        ["Mesh:Pods:0:Version"] = "v2",
        ["Mesh:Pods:0:Address"] = "http://localhost:5102",
        ["Mesh:Pods:0:Outbound"] = "127.0.0.1:6102",
        ["Mesh:Pods:1:Service"] = "orders",
        ["Mesh:Pods:1:Version"] = "v1",
        ["Mesh:Pods:1:Address"] = "127.0.0.1:5103",
    };

    [Fact]
    public void Read_PodsAlone_MakesTheirServices()
    {
        var setup = Read();

        Assert.Equal(["reviews", "orders"], setup.Services.Select(service => service.Name));
        Assert.Equal(["reviews-v2-abc", "orders-v1"], setup.Pods.Select(pod => pod.Name));
        Assert.Equal("127.0.0.1:5102", setup.Pods[0].Address.ToString());
        Assert.Equal("127.0.0.1:6102", setup.Pods[0].Outbound!.ToString());
        Assert.Null(setup.Pods[1].Outbound);
        Assert.Equal("127.0.0.1:8081", setup.Console!.ToString());
        Assert.Contains("orders", setup.Known.ServiceNames);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("sixteen letters +")]
    public void Read_ConsoleTokenThatALinkCannotCarry_IsRefused(string token)
    {
        _keys["Mesh:ConsoleToken"] = token;

        Assert.StartsWith("Mesh:ConsoleToken: ", Assert.Throws<UserErrorException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ConsoleToken_IsKept()
    {
        _keys["Mesh:ConsoleToken"] = "0123456789abcdef-._~";

        Assert.Equal("0123456789abcdef-._~", Read().ConsoleToken);
    }

    [Fact]
    public void Read_PodByItsHostName_HasTheNamesAddress()
    {
        _keys["Mesh:Pods:0:Address"] = $"{System.Net.Dns.GetHostName()}:5102";

        Assert.Equal(5102, Read().Pods[0].Address.Port);
    }

    [Fact]
    public void Read_PodOfUnknownHostName_NamesIt()
    {
        _keys["Mesh:Pods:0:Address"] = "nobody.invalid:5102";

        var error = Assert.Throws<UserErrorException>(() => Read());

        Assert.StartsWith("Mesh:Pods:0:Address: 'nobody.invalid:5102': the name nobody.invalid cannot be found", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ServiceOfTheTopology_KeepsItsProtocolUnlessTold()
    {
        _keys["Mesh:Pods:2:Service"] = "catalog";
        _keys["Mesh:Pods:2:Version"] = "v1";
        _keys["Mesh:Pods:2:Address"] = "127.0.0.1:5104";

        Assert.Equal("grpc", Read().Services.Single(service => service.Name == "catalog").Protocol);
    }

    [Fact]
    public void Read_NamedServices_HaveTheirPort()
    {
        _keys["Mesh:Services:0:Name"] = "reviews";
        _keys["Mesh:Services:1:Name"] = "orders";
        _keys["Mesh:Services:1:Port"] = "80";

        Assert.Equal([9080, 80], Read().Services.Select(service => service.Port));
    }

    [Theory]
    [InlineData("Mesh:Pods:0:Version", "", "Mesh:Pods:0:Version is missing")]
    [InlineData("Mesh:Pods:1:Address", "nowhere", "Mesh:Pods:1:Address: 'nowhere' is not an address")]
    [InlineData("Mesh:Gateway", "https://localhost:8443", "Mesh:Gateway: 'https://localhost:8443' asks for TLS")]
    [InlineData("Mesh:Base", "perhaps", "Mesh:Base: 'perhaps' is neither true nor false")]
    [InlineData("Mesh:Services:0:Name", "reviews", "orders-v1 is of the service orders, which is none of Mesh:Services")]
    public void Read_WrongKey_IsNamed(string key, string value, string expected)
    {
        _keys[key] = value;

        var e = Assert.Throws<UserErrorException>(Read);

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    private MeshSetup Read() =>
        new MeshConfiguration(new ConfigurationBuilder().AddInMemoryCollection(_keys).Build(), BookinfoSystem.Topology)
            .Read(TextWriter.Null, TextWriter.Null);
}
