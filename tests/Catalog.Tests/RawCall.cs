using System.Globalization;
using System.Net;
using Google.Protobuf;
using Grpc.Core;

namespace Bookinfo.Tests.Catalog;

/// <summary>GetBook by hand, as HTTP/2 has it: no gRPC client that helps, hides or corrects.</summary>
internal static class RawCall
{
    public static async Task<(StatusCode Status, HttpResponseMessage Response)> GetBookAsync(string address,
        params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient();
        var message = CatalogHost.FirstBook.ToByteArray();
        byte[] frame = [0, 0, 0, 0, (byte)message.Length, .. message];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/bookinfo.catalog.v1.Catalog/GetBook")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new("application/grpc") } },
        };
        request.Headers.TE.Add(new("trailers"));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request);
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) ? trailer
            : response.Headers.GetValues("grpc-status");
        return ((StatusCode)int.Parse(status.Single(), CultureInfo.InvariantCulture), response);
    }
}
