using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Lab.Network;

public sealed class OpenFileCheckTests
{
    [Fact]
    public void Require_TooFew_SaysWhatToType()
    {
        var error = Assert.Throws<UserErrorException>(() => OpenFileCheck.Require(new OpenFiles(256)));

        Assert.Equal("This process may have 256 files and sockets open and needs 1024. Raise the limit: ulimit -n 1024", error.Message);
        Assert.Equal(ExitCodes.Failed, error.ExitCode);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(long.MaxValue)]
    public void Require_Enough_Passes(long most) => OpenFileCheck.Require(new OpenFiles(most));
}
