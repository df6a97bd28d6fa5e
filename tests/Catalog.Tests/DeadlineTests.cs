using Grpc.Core;

namespace Bookinfo.Tests.Catalog;

/// <summary>A caller that has stopped waiting must not leave work behind it.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("details")]
    [InlineData("reviews")]
    [InlineData("ratings")]
    public async Task GetBook_DeadlinePasses_EndsTheCallBehindIt(string service)
    {
        await using var host = await CatalogHost.StartAsync("UPSTREAM_TIMEOUT_MILLISECONDS=60000");
        var gone = new TaskCompletionSource();
        host.Neighbours[service].Answer = Answers.Silence(gone);

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Client.GetBookAsync(CatalogHost.FirstBook, deadline: DateTime.UtcNow.AddSeconds(1)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await gone.Task.WaitAsync(Timeout);
    }

    [Fact]
    public async Task GetBook_DeadlineOfTheRawCallPasses_ServerSaysSo()
    {
        // A client of grpc-dotnet ends the call by itself; what the server does shows only without it.
        await using var host = await CatalogHost.StartAsync("UPSTREAM_TIMEOUT_MILLISECONDS=60000");
        host.Neighbours.Ratings.Answer = Answers.Silence;

        var (status, _) = await RawCall.GetBookAsync(host.Address, ("grpc-timeout", "300m"));

        Assert.Equal(StatusCode.DeadlineExceeded, status);
    }

    [Fact]
    public async Task GetBook_CallerCancels_EndsTheCallsBehindIt()
    {
        await using var host = await CatalogHost.StartAsync("UPSTREAM_TIMEOUT_MILLISECONDS=60000");
        var gone = host.Neighbours.All.ToDictionary(service => service, _ => new TaskCompletionSource());
        foreach (var (service, tells) in gone)
        {
            service.Answer = Answers.Silence(tells);
        }

        using var cancel = new CancellationTokenSource();
        var call = host.Client.GetBookAsync(CatalogHost.FirstBook, cancellationToken: cancel.Token).ResponseAsync;
        await Eventually.HoldsAsync(() => host.Neighbours.All.All(service => !service.Requests.IsEmpty), "the catalog has asked");
        await cancel.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        await Task.WhenAll(gone.Values.Select(tells => tells.Task)).WaitAsync(Timeout);
    }
}
