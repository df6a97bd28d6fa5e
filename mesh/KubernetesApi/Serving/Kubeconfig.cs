using System.Security.Cryptography.X509Certificates;

namespace Bookinfo.Mesh.KubernetesApi.Serving;

/// <summary>The file by which clients find the server: its address, its certificate and the token.</summary>
internal static class Kubeconfig
{
    /// <summary>The name of the context, the cluster and the user.</summary>
    public const string Context = "bookinfo-lab";

    /// <summary>Writes it, readable only by its owner.</summary>
    /// <param name="file">Where. A file that is there is replaced.</param>
    /// <param name="server">The server's URL.</param>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="token">The token that every request needs.</param>
    /// <param name="namespace">The namespace where a client names none.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string file, Uri server, X509Certificate2 certificate, string token, string @namespace)
    {
        var authority = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        var text = $$"""
            apiVersion: v1
            kind: Config
            current-context: {{Context}}
            contexts:
            - name: {{Context}}
              context: {cluster: {{Context}}, user: {{Context}}, namespace: {{@namespace}}}
            clusters:
            - name: {{Context}}
              cluster:
                server: {{server.GetLeftPart(UriPartial.Authority)}}
                certificate-authority-data: {{authority}}
            users:
            - name: {{Context}}
              user: {token: {{token}}}

            """;
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
