using System.Net.Sockets;
using Bookinfo.Mesh.Proxy.Listeners;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Listeners;

public sealed class ConnectionAdmissionTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly RecordedLog _log = new();
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly ScarceFiles _files = new(0);
    private readonly ConnectionAdmission _admission;
    private int _closings;

    public ConnectionAdmissionTests() =>
        _admission = new ConnectionAdmission(_files, () => Interlocked.Increment(ref _closings), _clock, _log.CreateLogger("admission"));

    public void Dispose()
    {
        _socket.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(499, true)]
    [InlineData(500, false)]
    [InlineData(749, false)]
    public void AdmitAsync_FewFilesOpen_AtOnce(long open, bool atOnce)
    {
        _files.Open = open;

        Assert.Equal(atOnce, AdmitAsync().IsCompleted);
        Assert.True(AdmitAsync(fromOutside: false).IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AdmitAsync_AQuarterIsLeft_ClosedWhoeverItIs(bool fromOutside)
    {
        _files.Open = 750;

        Assert.Equal(Admission.Closed, await AdmitAsync(fromOutside));
        Assert.Equal(1, _admission.Refused);
    }

    [Fact]
    public async Task AdmitAsync_FilesBecomeFree_AdmittedInOrderAsFarAsTheyGo()
    {
        _files.Open = 500;
        Task<Admission>[] callers = [AdmitAsync(), AdmitAsync(), AdmitAsync()];
        Assert.Equal(1, _closings);

        _files.Open = 500 - (2 * 16);
        await PassAsync(ConnectionAdmission.Pause);
        Assert.Equal([Admission.Admitted, Admission.Admitted], await Task.WhenAll(callers[..2]));
        Assert.False(callers[2].IsCompleted);

        await PassAsync(ConnectionAdmission.Pause, looks: 2);
        Assert.Equal(Admission.Admitted, await callers[2]);
        Assert.Equal(0, _admission.Refused);
    }

    [Fact]
    public async Task AdmitAsync_NoFileBecomesFree_OverloadedInTheEndAndLoggedOnce()
    {
        _files.Open = 500;
        Task<Admission>[] callers = [AdmitAsync(), AdmitAsync()];

        await PassAsync(ConnectionAdmission.Timeout);

        Assert.Equal([Admission.Overloaded, Admission.Overloaded], await Task.WhenAll(callers));
        Assert.Equal(2, _admission.Refused);
        var entry = Assert.Single(_log.Entries);
        Assert.Contains("1000 files", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdmitAsync_CallerLeavesWhileItWaits_TheNextOneHasItsTurn()
    {
        _files.Open = 500;
        using var left = new CancellationTokenSource();
        var first = _admission.AdmitAsync(_socket, fromOutside: true, left.Token).AsTask();
        var second = AdmitAsync();
        await left.CancelAsync();

        _files.Open = 500 - 16;
        await PassAsync(ConnectionAdmission.Pause);

        Assert.Equal(Admission.Closed, await first);
        Assert.Equal(Admission.Admitted, await second);
        Assert.Equal(0, _admission.Refused);
    }

    private Task<Admission> AdmitAsync(bool fromOutside = true) =>
        _admission.AdmitAsync(_socket, fromOutside, CancellationToken.None).AsTask();

    /// <summary>Lets time pass once somebody waits for it.</summary>
    private async Task PassAsync(TimeSpan time, int looks = 1)
    {
        await _clock.WaitForTimerAsync(ConnectionAdmission.Pause, looks);
        _clock.Advance(time);
    }
}
