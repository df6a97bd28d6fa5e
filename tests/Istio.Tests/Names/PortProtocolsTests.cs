using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Tests.Istio.Names;

/// <summary>Values of <c>pkg/config/kube/conversion_test.go: TestConvertProtocol</c> of istio/istio.</summary>
public sealed class PortProtocolsTests
{
    [Theory]
    [InlineData(8888, "", "TCP", null, "")]
    [InlineData(25, "", "TCP", null, "tcp")]
    [InlineData(53, "", "TCP", null, "tcp")]
    [InlineData(3306, "", "TCP", null, "tcp")]
    [InlineData(27017, "", "TCP", null, "tcp")]
    [InlineData(8888, "http", "TCP", null, "http")]
    [InlineData(8888, "http-test", "TCP", null, "http")]
    [InlineData(8888, "http", "UDP", null, "udp")]
    [InlineData(8888, "httptest", "TCP", null, "")]
    [InlineData(25, "httptest", "TCP", null, "tcp")]
    [InlineData(8888, "https-test", "TCP", null, "https")]
    [InlineData(8888, "http2-test", "TCP", null, "http2")]
    [InlineData(8888, "grpc-web", "TCP", null, "grpc-web")]
    [InlineData(8888, "grpc-test", "TCP", null, "grpc")]
    [InlineData(8888, "grpc-web-test", "TCP", null, "grpc-web")]
    [InlineData(8888, "GRPC-WEB-TEST", "TCP", null, "grpc-web")]
    [InlineData(8888, "mongo-test", "TCP", null, "mongo")]
    [InlineData(8888, "redis", "TCP", null, "redis")]
    [InlineData(8888, "mysql-test", "TCP", null, "mysql")]
    [InlineData(8888, "tcp", "TCP", "mysql", "mysql")]
    [InlineData(8888, "tcp", "TCP", "kubernetes.io/h2c", "http2")]
    [InlineData(8888, "tcp", "TCP", "kubernetes.io/ws", "http")]
    [InlineData(8888, "tcp", "TCP", "kubernetes.io/wss", "https")]
    [InlineData(8888, "tcp", "TCP", "custom-alp", "")]
    public void Of_NameAndProtocol_IsWhatIstioTakesItFor(int port, string name, string transport, string? appProtocol, string expected) =>
        Assert.Equal(expected, PortProtocols.Of(port, name, transport, appProtocol));
}
