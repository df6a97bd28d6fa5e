using Bookinfo.Mesh.Lab.Kubernetes;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>Sixty manifests that go are not sixty rounds of every controller.</summary>
public sealed class ChangeSignalTests
{
    [Fact]
    public void WaitAsync_AfterManyChanges_CompletesOnce()
    {
        using var signal = new ChangeSignal();
        for (var i = 0; i < 60; i++)
        {
            signal.Set();
        }

        Assert.True(signal.WaitAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        Assert.False(signal.WaitAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task WaitAsync_ChangedMeanwhile_Completes()
    {
        using var signal = new ChangeSignal();
        var waiting = signal.WaitAsync(TestContext.Current.CancellationToken);

        signal.Set();

        await waiting;
    }
}
