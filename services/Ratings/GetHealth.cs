using Bookinfo.Ratings.Release;
using Bookinfo.ServiceDefaults.Hosting;

namespace Bookinfo.Ratings;

/// <summary><c>GET /health</c>, as the original has it. What a cluster asks is beside it: <c>/health/ready</c> and its like.</summary>
internal sealed class GetHealth(IRelease release)
{
    private static readonly byte[] Healthy = """{"status":"Ratings is healthy"}"""u8.ToArray();
    private static readonly byte[] NotHealthy = """{"status":"Ratings is not healthy"}"""u8.ToArray();

    public Task HandleAsync(HttpContext context) => release.IsHealthy
        ? context.Response.WriteJsonAsync(StatusCodes.Status200OK, Healthy)
        : context.Response.WriteJsonAsync(StatusCodes.Status500InternalServerError, NotHealthy);
}
