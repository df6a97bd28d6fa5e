namespace Bookinfo.Benchmarks.Load;

/// <summary>A bounded number of requests to one server.</summary>
internal interface ILoad
{
    /// <summary>What is sent, for messages.</summary>
    string What { get; }

    /// <summary>Sends the requests and waits for each answer.</summary>
    /// <param name="requests">How many in all.</param>
    /// <returns>How many answers were not the right one.</returns>
    /// <exception cref="IOException">A connection broke, or an answer was not HTTP.</exception>
    Task<long> SendAsync(int requests);
}
