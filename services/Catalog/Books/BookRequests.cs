using System.Globalization;
using Bookinfo.Catalog.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Bookinfo.Catalog.Books;

/// <summary>Finds the book that a request means, or says in the richer error model of gRPC what is wrong with the request.</summary>
/// <remarks>
/// The error model: <see href="https://google.aip.dev/193"/>; the details travel in the trailer <c>grpc-status-details-bin</c>.
/// </remarks>
internal static class BookRequests
{
    private const string Field = "book_id";

    /// <summary>The book a request means.</summary>
    /// <param name="isGiven">Whether the request has the field at all.</param>
    /// <param name="id">The id, where it has.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: no id, or one below 0. NOT_FOUND: no such book.</exception>
    public static Book Find(bool isGiven, int id)
    {
        if (!isGiven)
        {
            throw BadRequest("is required; the first book has the id 0");
        }

        if (id < 0)
        {
            throw BadRequest(string.Create(CultureInfo.InvariantCulture, $"is {id}; it must be 0 or more"));
        }

        return BookShelf.Find(id) ?? throw NotFound(id);
    }

    private static RpcException BadRequest(string description) => new Google.Rpc.Status
    {
        Code = (int)Code.InvalidArgument,
        Message = $"{Field} {description}",
        Details = { Any.Pack(new BadRequest { FieldViolations =
            { new BadRequest.Types.FieldViolation { Field = Field, Description = description } } }) },
    }.ToRpcException();

    private static RpcException NotFound(int id)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"there is no book {id}; ListBooks names those there are");
        var resource = new ResourceInfo
        {
            ResourceType = "bookinfo.catalog.v1.Book",
            ResourceName = id.ToString(CultureInfo.InvariantCulture),
            Description = message,
        };
        return new Google.Rpc.Status { Code = (int)Code.NotFound, Message = message, Details = { Any.Pack(resource) } }.ToRpcException();
    }
}
