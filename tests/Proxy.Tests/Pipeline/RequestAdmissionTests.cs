using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Pipeline;

public sealed class RequestAdmissionTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(1024, 16)]
    [InlineData(20_000, 312)]
    [InlineData(1, 1)]
    public async Task EnterAsync_AsManyAsAQuarterOfTheFilesServes_ThenTheyWait(long files, int most)
    {
        var admission = new RequestAdmission(files, _clock);
        for (var i = 0; i < most; i++)
        {
            Assert.True(await admission.EnterAsync(CancellationToken.None));
        }

        var next = admission.EnterAsync(CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);

        admission.Leave();
        Assert.True(await next);
    }

    [Fact]
    public async Task EnterAsync_NoLimit_AtOnce() =>
        Assert.True(await new RequestAdmission(long.MaxValue, _clock).EnterAsync(CancellationToken.None));

    [Fact]
    public async Task EnterAsync_NoRoomForTheWholeTime_IsRefused()
    {
        var admission = new RequestAdmission(1, _clock);
        Assert.True(await admission.EnterAsync(CancellationToken.None));

        var next = admission.EnterAsync(CancellationToken.None).AsTask();
        await _clock.WaitForTimerAsync(RequestAdmission.Timeout);
        _clock.Advance(RequestAdmission.Timeout);

        Assert.False(await next);
    }

    [Fact]
    public async Task EnterAsync_TheCallerLeaves_ItsTurnIsNotLost()
    {
        var admission = new RequestAdmission(1, _clock);
        Assert.True(await admission.EnterAsync(CancellationToken.None));
        using var left = new CancellationTokenSource();
        var next = admission.EnterAsync(left.Token).AsTask();

        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);

        admission.Leave();
        Assert.True(await admission.EnterAsync(CancellationToken.None));
    }
}
