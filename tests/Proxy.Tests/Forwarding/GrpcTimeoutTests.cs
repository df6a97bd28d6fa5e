using Bookinfo.Mesh.Proxy.Forwarding;

namespace Bookinfo.Tests.Proxy.Forwarding;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("250m", 250)]
    [InlineData("5000u", 5)]
    [InlineData("2000000n", 2)]
    public void Read_Units_AsGrpcWritesThem(string header, double milliseconds) =>
        Assert.Equal(milliseconds, GrpcTimeout.Read(header)!.Value.TotalMilliseconds);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("10")]
    [InlineData("-1S")]
    [InlineData("123456789S")]
    [InlineData("1 S")]
    public void Read_Nonsense_Null(string? header) => Assert.Null(GrpcTimeout.Read(header));
}
