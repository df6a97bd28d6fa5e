using System.Diagnostics;

namespace Bookinfo.Tests.Support;

/// <summary>
/// A PostgreSQL of this test run's own: Debian's binaries (or those on the PATH), a new data folder in the temp folder, a free port on
/// loopback. As root it runs under another user, since PostgreSQL refuses root.
/// </summary>
public sealed class PostgreSqlServer : IDisposable
{
    private readonly string _binaries;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"bookinfo-postgresql-{Guid.NewGuid():N}");

    private PostgreSqlServer(string binaries) => _binaries = binaries;

    /// <summary>Why there is none on this machine, as a reason to skip; null where there is one.</summary>
    public static string? Missing =>
        FindBinaries() is null ? "no PostgreSQL: neither initdb on the PATH nor /usr/lib/postgresql/*/bin (Debian: apt install postgresql)"
        : null;

    /// <summary>The port it listens on, the same after <see cref="Stop"/> and <see cref="Start"/>.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Npgsql's connection string.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=bookinfo;Database=postgres";

    /// <summary>Makes a new one and starts it.</summary>
    /// <exception cref="InvalidOperationException">There is none on this machine, or it did not start.</exception>
    public static PostgreSqlServer Create()
    {
        var server = new PostgreSqlServer(FindBinaries() ?? throw new InvalidOperationException(Missing));
        Directory.CreateDirectory(server._folder);
        if (Environment.IsPrivilegedProcess)
        {
            RunTool("chown", Unprivileged, server._folder);
        }

        server.Run("initdb", "--pgdata", server.Data, "--username", "bookinfo", "--auth", "trust", "--no-sync", "--encoding", "UTF8");
        server.Start();
        return server;
    }

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public void Start() => Run(
        "pg_ctl", "start", "--wait", "--pgdata", Data, "--log", Path.Combine(_folder, "log"),
        "--options", $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories= -c fsync=off");

    /// <summary>Stops it at once: open connections break.</summary>
    public void Stop() => Run("pg_ctl", "stop", "--wait", "--mode", "fast", "--pgdata", Data);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Stop();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // Debian's package makes the first; the second is everywhere.
    private static string Unprivileged =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private string Data => Path.Combine(_folder, "data");

    private static string? FindBinaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Reverse()
            .Select(version => Path.Combine(version, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private void Run(string tool, params string[] arguments)
    {
        var program = Path.Combine(_binaries, tool);
        if (Environment.IsPrivilegedProcess)
        {
            RunTool("runuser", ["-u", Unprivileged, "--", program, .. arguments]);
        }
        else
        {
            RunTool(program, arguments);
        }
    }

    // Output goes nowhere: the server inherits it, and a pipe would stay open for as long as the server runs.
    private static void RunTool(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
