using Bookinfo.Mesh.Proxy.Telemetry;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Telemetry;

/// <summary><c>docs/glossary.md</c> explains each response flag, and none that the mesh does not have.</summary>
public sealed class GlossaryTests
{
    [Fact]
    public void Glossary_Table_HasEachResponseFlagOnce()
    {
        var rows = File.ReadLines(Repository.PathOf("docs", "glossary.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(
            Enum.GetValues<ResponseFlags>().Where(flag => flag != ResponseFlags.None).Select(flag => flag.Text()),
            rows.Select(row => row.Split('`')[1]));
    }
}
