namespace Bookinfo.Benchmarks.Load;

/// <summary>A bounded number of requests to one server.</summary>
internal interface ILoad
{
    /// <summary>What is sent, for messages.</summary>
    string What { get; }

    /// <summary>Sends the requests and waits for each answer.</summary>
    /// <param name="requests">How many in all.</param>
    /// <returns>What went wrong. A request whose connection broke failed, as did those that were to follow on it.</returns>
    Task<Failures> SendAsync(int requests);
}
