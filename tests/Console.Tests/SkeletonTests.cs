namespace Bookinfo.Tests.Console;

public sealed class SkeletonTests
{
    [Fact]
    public void Skeleton_Builds_Passes() => Assert.Equal(2, 1 + 1);
}
