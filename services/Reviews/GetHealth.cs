using Bookinfo.ServiceDefaults.Hosting;

namespace Bookinfo.Reviews;

/// <summary><c>GET /health</c>, as the original has it. What a cluster asks is beside it: <c>/health/ready</c> and its like.</summary>
internal static class GetHealth
{
    private static readonly byte[] Healthy = """{"status": "Reviews is healthy"}"""u8.ToArray();

    public static Task HandleAsync(HttpContext context) => context.Response.WriteJsonAsync(StatusCodes.Status200OK, Healthy);
}
