namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>Speaks HTTP to an endpoint: the only part of the mesh that knows how.</summary>
internal interface IUpstreamClient
{
    /// <summary>
    /// Sends the request of <paramref name="attempt"/> to its endpoint, and tells it when the connection is there
    /// (<see cref="UpstreamAttempt.Begin"/>). When the answer begins, it asks <see cref="UpstreamAttempt.Accepts"/>: the answer goes to the
    /// caller, with the response filters applied, or is dropped.
    /// </summary>
    /// <param name="attempt">The request, the destination and the endpoint.</param>
    /// <param name="cancellationToken">Ends the attempt: its time is over.</param>
    /// <returns>Why there is no whole answer; null where it is whole or was dropped.</returns>
    ValueTask<UpstreamFailure?> SendAsync(UpstreamAttempt attempt, CancellationToken cancellationToken);
}
