using Bookinfo.Catalog.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Bookinfo.Tests.Catalog;

public sealed class BadRequestTests
{
    [Theory]
    [InlineData(null, "is required; the first book has the id 0")]
    [InlineData(-1, "is -1; it must be 0 or more")]
    [InlineData(int.MinValue, "is -2147483648; it must be 0 or more")]
    public async Task GetBook_BadId_NamesTheField(int? id, string description)
    {
        await using var host = await CatalogHost.StartAsync();
        var request = new GetBookRequest();
        if (id is { } given)
        {
            request.BookId = given;
        }

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.GetBookAsync(request));

        Assert.Equal((StatusCode.InvalidArgument, $"book_id {description}"), (error.StatusCode, error.Status.Detail));
        var violation = Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(("book_id", description), (violation.Field, violation.Description));
        Assert.All(host.Neighbours.All, service => Assert.Empty(service.Requests));
    }

    [Fact]
    public async Task GetBook_NoSuchBook_NamesTheResource()
    {
        await using var host = await CatalogHost.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.GetBookAsync(new GetBookRequest { BookId = 7 }));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        var resource = error.GetRpcStatus()!.GetDetail<ResourceInfo>()!;
        Assert.Equal(("bookinfo.catalog.v1.Book", "7"), (resource.ResourceType, resource.ResourceName));
        Assert.Contains("ListBooks", resource.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, StatusCode.InvalidArgument)]
    [InlineData(7, StatusCode.NotFound)]
    public async Task WatchRatings_BadId_EndsAtOnce(int id, StatusCode expected)
    {
        await using var host = await CatalogHost.StartAsync();
        using var watch = host.Client.WatchRatings(new WatchRatingsRequest { BookId = id });

        var error = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(expected, error.StatusCode);
        Assert.NotNull(error.GetRpcStatus());
    }

    [Fact]
    public async Task GetBook_RequestTooLong_IsRefused()
    {
        await using var host = await CatalogHost.StartAsync();

        // A field that the message does not know counts for its length all the same.
        var request = GetBookRequest.Parser.ParseFrom(UnknownField(new byte[32 * 1024]));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.GetBookAsync(request));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    private static byte[] UnknownField(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(100, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }
}
