namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>What decides on a retry once an answer has begun.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="GrpcStatus">The gRPC status in the headers; null where there is none.</param>
/// <param name="IsOverloaded">Whether the answer has <c>x-envoy-overloaded</c>.</param>
/// <param name="IsRateLimited">Whether the answer has <c>x-envoy-ratelimited</c>.</param>
internal readonly record struct UpstreamAnswer(int Status, int? GrpcStatus = null, bool IsOverloaded = false, bool IsRateLimited = false);
