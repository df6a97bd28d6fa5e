using System.Net;

namespace Bookinfo.Benchmarks.Processes;

/// <summary>nginx and haproxy as the same hop, where the machine has them: one worker, kept connections to the upstream, no logs.</summary>
internal static class NativeProxies
{
    /// <summary>Starts nginx, or gives null where there is none.</summary>
    public static async Task<ServerProcess?> StartNginxAsync(IPEndPoint address, IPEndPoint upstream)
    {
        var folder = Directory.CreateTempSubdirectory("bench-nginx-").FullName;
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, $$"""
            daemon off; worker_processes 1; pid {{folder}}/pid; error_log stderr;
            events { worker_connections 1024; }
            http {
              access_log off; client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
              keepalive_requests 1000000000;
              upstream pod { server {{upstream}}; keepalive 64; keepalive_requests 1000000000; }
              server { listen {{address}}; location / { proxy_pass http://pod; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; } }
            }
            """);
        return Find("nginx") is { } nginx ? await ServerProcess.StartAsync(nginx, address, ["-c", file, "-e", "stderr"]) : null;
    }

    /// <summary>Starts haproxy, or gives null where there is none.</summary>
    public static async Task<ServerProcess?> StartHaproxyAsync(IPEndPoint address, IPEndPoint upstream)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("bench-haproxy-").FullName, "haproxy.cfg");
        await File.WriteAllTextAsync(file, $"""
            global
              nbthread 1
            defaults
              mode http
              timeout connect 5s
              timeout client 30s
              timeout server 30s
              http-reuse always
            listen hop
              bind {address}
              server pod {upstream}

            """);
        return Find("haproxy") is { } haproxy ? await ServerProcess.StartAsync(haproxy, address, ["-f", file]) : null;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
