namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>The system on which a canary is run.</summary>
internal interface ICanaryTarget
{
    /// <summary>Puts the rule in force that gives the new release that share.</summary>
    /// <param name="percent">0 to 100.</param>
    void Shift(int percent);

    /// <summary>Breaks the new release's pods: from now on each answer is an error, while their probes stay green.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    Task BreakAsync(CancellationToken cancellation);

    /// <summary>Sends one request as the service's caller does; a failure to get an answer is an answer too.</summary>
    /// <param name="cancellation">Ends the request.</param>
    Task<Answer> SendAsync(CancellationToken cancellation);
}
