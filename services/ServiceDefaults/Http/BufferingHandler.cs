namespace Bookinfo.ServiceDefaults.Http;

/// <summary>Reads each answer as a whole before anything else sees it, so that timeouts and retries cover its body too.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    // Bytes. A longer answer is a failure.
    private const long MaxAnswer = 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswer, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
