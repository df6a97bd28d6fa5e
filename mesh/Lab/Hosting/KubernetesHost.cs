using Bookinfo.Mesh.KubernetesApi;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Pods;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>The Lab's Kubernetes API, and the file by which <c>kubectl</c> finds it. It is started after the page is there.</summary>
internal sealed class KubernetesHost : IAsyncDisposable
{
    private readonly KubernetesApiServer _server;
    private readonly DirectoryInfo? _folder;

    private KubernetesHost(KubernetesApiServer server, DirectoryInfo? folder, string kubeconfig) =>
        (_server, _folder, Kubeconfig) = (server, folder, kubeconfig);

    /// <summary>The file by which clients find it.</summary>
    public string Kubeconfig { get; }

    /// <summary>Starts it and prints the line that uses it.</summary>
    /// <param name="options">Where it listens, and where its kubeconfig is written.</param>
    /// <param name="lab">What it shows and steers.</param>
    /// <param name="output">Where the line is printed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The running API; null where the options have none.</returns>
    /// <exception cref="UserErrorException">The kubeconfig cannot be written.</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<KubernetesHost?> StartAsync(
        LabOptions options, LabHost lab, TextWriter output, CancellationToken cancellation)
    {
        if (options.Kube is null)
        {
            return null;
        }

        var folder = options.Kubeconfig is null ? Directory.CreateTempSubdirectory("bookinfo-kube-") : null;
        var file = options.Kubeconfig is null ? Path.Combine(folder!.FullName, "config") : Path.GetFullPath(options.Kubeconfig);
        try
        {
            var server = await KubernetesApiServer.StartAsync(
                new KubernetesApiOptions
                {
                    Address = options.Kube,
                    Cluster = lab.Cluster.Create,
                    Kubeconfig = file,
                    Namespace = options.Namespace,
                    Logging = new PodLog("kube", options.Log),
                },
                cancellation);
            await output.WriteLineAsync($"kubectl works here too:  export KUBECONFIG={file}");
            return new KubernetesHost(server, folder, file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            folder?.Delete(recursive: true);
            throw new UserErrorException($"--kubeconfig: {file} cannot be written: {e.Message}");
        }
    }

    /// <summary>Stops it, and takes its own kubeconfig away.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder?.Delete(recursive: true);
    }
}
