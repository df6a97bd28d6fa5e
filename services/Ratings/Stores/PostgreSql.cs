using Bookinfo.ServiceDefaults;
using Npgsql;

namespace Bookinfo.Ratings.Stores;

/// <summary>
/// Ratings in PostgreSQL, named by <c>ConnectionStrings:ratings</c>: Npgsql's form (<c>Host=...;Username=...</c>) or a URL
/// (<c>postgres://user:password@host:5432/database</c>).
/// </summary>
internal static class PostgreSql
{
    public const string Key = "ConnectionStrings:ratings";

    // Any number will do, as long as every pod takes the same. It goes with the transaction, so that no crash leaves it behind.
    private const string Lock = "SELECT pg_advisory_xact_lock(20260822)";

    /// <exception cref="SettingException">The connection string cannot be read. The message does not repeat it: it may hold a
    /// password.</exception>
    public static RatingsDatabase Open(string connection)
    {
        try
        {
            var settings = connection.Contains("://", StringComparison.Ordinal) ? FromUrl(connection)
                : new NpgsqlConnectionStringBuilder(connection);

            // A database that does not answer must not hold up readers for longer than they are ready to wait.
            settings.Timeout = settings.ShouldSerialize("Timeout") ? settings.Timeout : 3;
            settings.CommandTimeout = settings.ShouldSerialize("Command Timeout") ? settings.CommandTimeout : 5;
            return new RatingsDatabase(new NpgsqlSlimDataSourceBuilder(settings.ConnectionString).Build(), Lock);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or KeyNotFoundException)
        {
            const string Expected = "Host=...;Username=...;Password=...;Database=..., or postgres://user:password@host:5432/database";
            throw new SettingException(Key, "...", Expected);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(string text)
    {
        var url = new Uri(text);
        if (url.Scheme is not ("postgres" or "postgresql"))
        {
            throw new FormatException();
        }

        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host };
        if (url.Port > 0)
        {
            settings.Port = url.Port;
        }

        if (url.AbsolutePath.Length > 1)
        {
            settings.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        }

        var user = url.UserInfo.Split(':', 2);
        settings.Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null;
        settings.Password = user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null;
        foreach (var option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            settings[Name(pair[0])] = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : throw new FormatException();
        }

        return settings;
    }

    // libpq's names, where Npgsql has others.
    private static string Name(string option) => option switch
    {
        "sslmode" => "SSL Mode",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        _ => option,
    };
}
