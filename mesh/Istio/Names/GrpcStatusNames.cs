namespace Bookinfo.Mesh.Istio.Names;

/// <summary>The names of gRPC's status codes, as a fault's <c>grpcStatus</c> has them (<c>google/rpc/code.proto</c>).</summary>
public static class GrpcStatusNames
{
    /// <summary>Every name; a name's index is its code.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    /// <summary>The code for <c>UNAVAILABLE</c> and its like; null for null and for names gRPC does not have.</summary>
    public static int? CodeOf(string? name)
    {
        for (var code = 0; code < All.Count; code++)
        {
            if (All[code] == name)
            {
                return code;
            }
        }

        return null;
    }
}
