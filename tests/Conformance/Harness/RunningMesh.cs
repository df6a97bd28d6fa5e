namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>One mesh for all rows of a test class, which run one after the other.</summary>
public abstract class RunningMesh(Func<Task<EchoMesh>> start) : IAsyncLifetime
{
    public EchoMesh Mesh { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Mesh = await start();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Mesh.DisposeAsync();
    }
}
