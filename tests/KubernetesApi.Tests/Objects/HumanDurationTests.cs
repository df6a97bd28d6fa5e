using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Tests.KubernetesApi.Objects;

/// <summary>Rows of <c>k8s.io/apimachinery/pkg/util/duration/duration_test.go: TestHumanDuration</c>.</summary>
public sealed class HumanDurationTests
{
    [Theory]
    [InlineData(1, "1s")]
    [InlineData(70, "70s")]
    [InlineData(190, "3m10s")]
    [InlineData(70 * 60, "70m")]
    [InlineData(47 * 3600, "47h")]
    [InlineData(49 * 3600, "2d1h")]
    [InlineData((8 * 24 * 3600) + (2 * 3600), "8d")]
    [InlineData(367 * 24 * 3600, "367d")]
    [InlineData(((365 * 2 * 24) + 25) * 3600, "2y1d")]
    [InlineData(((365 * 8 * 24) + 2) * 3600L, "8y")]
    public void Write_LengthOfTime_AsKubectlShowsIt(long seconds, string expected) =>
        Assert.Equal(expected, HumanDuration.Write(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Since_NoTime_IsUnknown() => Assert.Equal("<unknown>", HumanDuration.Since(null, DateTimeOffset.UnixEpoch));
}
