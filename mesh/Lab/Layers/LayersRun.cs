using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Lab.Errors;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;

namespace Bookinfo.Mesh.Lab.Layers;

/// <summary>Calls reviews at each layer of a Lab.</summary>
/// <param name="kubeconfig">The file by which the Lab's Kubernetes API is found.</param>
/// <param name="requests">How many calls at each layer.</param>
internal sealed class LayersRun(string kubeconfig, int requests)
{
    private const string Context = "bookinfo-lab";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Calls them, from the inside to the outside.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UserErrorException">The file is not a Lab's, or no Lab answers.</exception>
    public async IAsyncEnumerable<LayerResult> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var configuration = Read(kubeconfig);
        using var client = new k8s.Kubernetes(configuration);
        var objects = new LayerObjects(client, configuration.Namespace ?? "default");
        await AskAsync(() => objects.CreateAsync(cancellation));
        try
        {
            var layers = await objects.ListAsync(cancellation);
            foreach (var layer in layers)
            {
                await WaitAsync(layer.Url, cancellation);
                yield return await new LayerCalls(requests).RunAsync(layer, cancellation);
            }
        }
        finally
        {
            await objects.DeleteAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// Only a Lab's: the calls make a Service and an Ingress for a while, which belongs into no other cluster.
    /// </summary>
    private static KubernetesClientConfiguration Read(string kubeconfig)
    {
        try
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
            return configuration.CurrentContext == Context ? configuration : throw new UserErrorException(
                $"{kubeconfig}: its context is {configuration.CurrentContext}, not {Context}. Name the kubeconfig that the Lab has "
                + "printed at its start.", ExitCodes.Usage);
        }
        catch (Exception e) when (e is KubeConfigException or IOException or YamlDotNet.Core.YamlException)
        {
            throw new UserErrorException($"{kubeconfig} cannot be read as a kubeconfig: {e.Message}", ExitCodes.Usage);
        }
    }

    private async Task AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            throw new UserErrorException($"No Lab answers at the address in {kubeconfig}. Start one, or leave --kubeconfig out.");
        }
        catch (HttpOperationException e)
        {
            throw new UserErrorException($"The Lab of {kubeconfig} does not take it: {e.Response.Content}");
        }
    }

    /// <summary>What was made a moment ago listens soon; what never does is seen by the calls.</summary>
    private static async Task WaitAsync(Uri url, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        while (!limit.IsCancellationRequested && !await ListensAsync(new IPEndPoint(IPAddress.Parse(url.Host), url.Port)))
        {
            await Task.Delay(BetweenLooks, CancellationToken.None);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    private static async Task<bool> ListensAsync(IPEndPoint address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
