using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Pooling;

namespace Bookinfo.Tests.Http1.Support;

/// <summary>Requests through a pool.</summary>
internal static class Pools
{
    /// <summary>One GET, from taking the connection to giving it back.</summary>
    public static async Task<Heard> GetAsync(this Http1Pool pool, string target = "/")
    {
        var connection = await pool.RentAsync(CancellationToken.None);
        var heard = await connection.GetAsync(target);
        pool.Return(connection);
        return heard;
    }

    /// <summary>One GET on a connection.</summary>
    public static async Task<Heard> GetAsync(this Http1Connection connection, string target = "/")
    {
        connection.Begin();
        connection.Request.WriteLine("GET", target);
        connection.Request.WriteHeader("host", "pod");
        connection.Request.EndHead(RequestFraming.None);
        await connection.Request.EndAsync();
        return await Heard.FromAsync(connection);
    }
}
