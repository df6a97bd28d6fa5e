using Bookinfo.Tests.Support;
using Npgsql;

namespace Bookinfo.Tests.Ratings.Stores;

/// <summary>One server for the class; a database for each test.</summary>
public sealed class PostgreSqlFixture : IDisposable
{
    public PostgreSqlServer? Server { get; } = PostgreSqlServer.Missing is null ? PostgreSqlServer.Create() : null;

    public string NewDatabase()
    {
        Assert.SkipWhen(Server is null, PostgreSqlServer.Missing ?? "");
        var name = $"ratings_{Guid.NewGuid():N}";
        using var connection = new NpgsqlConnection($"{Server.ConnectionString};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        command.ExecuteNonQuery();
        return name;
    }

    public void Dispose() => Server?.Dispose();
}
