using System.Text.Json;
using ConsoleFault = Bookinfo.Mesh.TrafficConsole.Faults.Fault;
using PodFault = Bookinfo.ServiceDefaults.Fault;

namespace Bookinfo.Tests.Lab.Pods;

/// <summary>
/// A pod's fault switch and the console that turns it share no code: a service references nothing of the mesh. What the one sends and the
/// other takes is the same all the same.
/// </summary>
public sealed class FaultContractTests
{
    [Fact]
    public void Fault_OfTheConsoleAndOfAPod_AreTheSameJson() =>
        Assert.Equal(
            JsonSerializer.Serialize(new PodFault(10, 500, 250), JsonSerializerOptions.Web),
            JsonSerializer.Serialize(new ConsoleFault(10, 500, 250), JsonSerializerOptions.Web));

    [Fact]
    public void Fault_WithoutValues_IsTheSame() =>
        Assert.Equal(
            JsonSerializer.Serialize(new PodFault(), JsonSerializerOptions.Web),
            JsonSerializer.Serialize(new ConsoleFault(), JsonSerializerOptions.Web));

    [Theory]
    [InlineData(100, 503, 0, true)]
    [InlineData(0, 0, 0, true)]
    [InlineData(-1, 503, 0, false)]
    [InlineData(100.5, 503, 0, false)]
    [InlineData(double.NaN, 503, 0, false)]
    [InlineData(100, 200, 0, false)]
    [InlineData(100, 399, 0, false)]
    [InlineData(100, 400, 0, true)]
    [InlineData(100, 599, 0, true)]
    [InlineData(100, 600, 0, false)]
    [InlineData(100, 0, 3_600_000, true)]
    [InlineData(100, 0, 3_600_001, false)]
    [InlineData(100, 0, -1, false)]
    [InlineData(100, 0, double.PositiveInfinity, false)]
    public void FindProblem_AnyValues_ConsoleAndPodAgree(double percent, int status, double delay, bool isRight)
    {
        Assert.Equal(isRight, new ConsoleFault(percent, status, delay).FindProblem() is null);
        Assert.Equal(isRight, new PodFault(percent, status, delay).FindProblem() is null);
    }
}
