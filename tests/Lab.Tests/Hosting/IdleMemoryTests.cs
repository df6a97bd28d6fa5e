using Bookinfo.Mesh.Lab.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Lab.Hosting;

public sealed class IdleMemoryTests
{
    private readonly FakeTimeProvider _time = new();
    private long _allocated;
    private int _given;

    [Fact]
    public void Look_QuietAfterABurst_GivesBackOnce()
    {
        using var memory = Watch();

        Pass(IdleMemory.WorthwhileBytes);
        Assert.Equal(0, _given);
        Pass(IdleMemory.QuietBytes);
        Pass(0);
        Pass(0);

        Assert.Equal(1, _given);
    }

    [Fact]
    public void Look_AtWork_GivesNothingBack()
    {
        using var memory = Watch();

        for (var i = 0; i < 100; i++)
        {
            Pass(IdleMemory.QuietBytes + 1);
        }

        Assert.Equal(0, _given);
    }

    [Fact]
    public void Look_LittleWasAllocated_GivesNothingBack()
    {
        using var memory = Watch();

        Pass(IdleMemory.WorthwhileBytes - 1);
        Pass(0);

        Assert.Equal(0, _given);
    }

    [Fact]
    public void Look_AnotherBurst_GivesBackAgain()
    {
        using var memory = Watch();
        Pass(IdleMemory.WorthwhileBytes);
        Pass(0);
        Pass(IdleMemory.WorthwhileBytes);
        Pass(0);

        Assert.Equal(2, _given);
    }

    [Fact]
    public void Look_QuietForLong_GivesBackWhatIsReleasedLater()
    {
        using var memory = Watch();
        Pass(IdleMemory.WorthwhileBytes);
        for (var i = 0; i < IdleMemory.IntervalsUntilAgain; i++)
        {
            Pass(0);
        }

        Assert.Equal(1, _given);
        Pass(0);
        Assert.Equal(2, _given);

        for (var i = 0; i < 10 * IdleMemory.IntervalsUntilAgain; i++)
        {
            Pass(0);
        }

        Assert.Equal(2, _given);
    }

    private IdleMemory Watch() => new(_time, () => _allocated, () => _given++);

    private void Pass(long bytes)
    {
        _allocated += bytes;
        _time.Advance(IdleMemory.Interval);
    }
}
