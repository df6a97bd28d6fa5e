using Grpc.Core;

namespace Bookinfo.Catalog.Parts;

/// <summary>On whose behalf another service is called.</summary>
/// <param name="Headers">The caller's metadata; ServiceDefaults passes on those that Bookinfo's services pass on.</param>
/// <param name="Gone">Ends when the caller has gone or its deadline has passed.</param>
internal readonly record struct Caller(IHeaderDictionary Headers, CancellationToken Gone)
{
    /// <summary>The caller of a gRPC method.</summary>
    public static Caller Of(ServerCallContext context) => new(context.GetHttpContext().Request.Headers, context.CancellationToken);
}
