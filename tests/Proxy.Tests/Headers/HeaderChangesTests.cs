using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy.Headers;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Headers;

public sealed class HeaderChangesTests
{
    [Fact]
    public void Apply_TwoPercentSignsInARule_AreOneInTheHeader()
    {
        var headers = new HeaderDictionary();
        HeaderChanges.From(new HeaderOperations { Set = new Dictionary<string, string> { ["x"] = "100%%" } })!.Apply(headers);
        Assert.Equal("100%", headers["x"]);
    }
}
