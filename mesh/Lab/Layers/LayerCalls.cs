using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Bookinfo.Mesh.Lab.Layers;

/// <summary>Calls a layer, and sees by the answers which pod of reviews they come from.</summary>
/// <param name="requests">How many calls.</param>
internal sealed partial class LayerCalls(int requests)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Calls a layer: each call on a connection of its own, and where that is asked for all once more on one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<LayerResult> RunAsync(Layer layer, CancellationToken cancellation) => new(
        layer,
        await CountAsync(layer, connectionEach: true, cancellation),
        layer.IsCalledOnOneConnection ? await CountAsync(layer, connectionEach: false, cancellation) : null);

    private async Task<SortedDictionary<string, int>> CountAsync(Layer layer, bool connectionEach, CancellationToken cancellation)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Timeout };
        for (var i = 0; i < requests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, layer.Url);
            request.Headers.Host = layer.Host;
            request.Headers.ConnectionClose = connectionEach;
            var who = await AskAsync(http, request, cancellation);
            counts[who] = counts.GetValueOrDefault(who) + 1;
        }

        return counts;
    }

    private static async Task<string> AskAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            var pod = Pod().Match(await answer.Content.ReadAsStringAsync(cancellation));
            return pod.Success ? pod.Groups["pod"].Value
                : answer.IsSuccessStatusCode ? "an answer without reviews"
                : string.Create(CultureInfo.InvariantCulture, $"status {(int)answer.StatusCode}");
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return "connection refused";
        }
        catch (HttpRequestException)
        {
            return "connection broken";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }

    /// <summary>The pod in an answer of reviews, and in the product page.</summary>
    [GeneratedRegex("""("podname": *"|Reviews served by: <code>)(?<pod>[^"<]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Pod();
}
