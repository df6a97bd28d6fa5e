using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.SelfTests;

/// <summary>What the fuzzer holds right, against the RFCs and Envoy.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("GET /a?b HTTP/1.1", "/a?b", "h")]
    [InlineData("GET http://other/a HTTP/1.1", "/a", "other")]
    [InlineData("GET http://other HTTP/1.1", "/", "other")]
    [InlineData("GET http://other?b HTTP/1.1", "/?b", "other")]
    [InlineData("OPTIONS * HTTP/1.1", "*", "h")]
    public void Read_FormsOfTarget_PathAndAuthority(string line, string target, string authority)
    {
        var request = Assert.Single(Read($"{line}\r\nHost: h\r\n\r\n").Requests);

        Assert.Null(request.Refusal);
        Assert.Equal(target, request.Target);
        Assert.Equal(authority, request.Authority);
    }

    [Theory]
    [InlineData("GET * HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("GET a HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("GET /\x7f HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("GET /a b HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("get / HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n")]
    [InlineData("POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    public void Read_NotToBeForwarded_Refusal(string bytes) => Assert.NotNull(Assert.Single(Read(bytes).Requests).Refusal);

    [Fact]
    public void Read_TwoRequestsInOneGo_Both() =>
        Assert.Equal(["/a", "/b"],
            Read("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n").Requests.Select(request => request.Target));

    [Theory]
    [InlineData("connection: x-mine", "x-mine: 1", true)]
    [InlineData("connection: close", "x-mine: 1", false)]
    [InlineData("x: 1", "te: gzip", true)]
    [InlineData("x: 1", "te: trailers", false)]
    [InlineData("x: 1", "te: gzip, trailers", false)]
    [InlineData("upgrade: websocket", "connection: upgrade", false)]
    [InlineData("upgrade: h2c", "connection: upgrade", true)]
    [InlineData("x: 1", "X-Envoy-Retry-On: 5xx", true)]
    [InlineData("x: 1", "x-envoy-decorator-operation: a", false)]
    [InlineData("x: 1", "Expect: 100-continue", false)]
    public void Stops_FieldBesideAnother_AsEnvoyDoes(string beside, string field, bool stops)
    {
        var request = Assert.Single(Read($"GET / HTTP/1.1\r\nHost: h\r\n{beside}\r\n{field}\r\n\r\n").Requests);

        Assert.Equal(stops, HopFields.Stops(request, request.Fields[^1]));
    }

    [Theory]
    [InlineData(":path=/a b")]
    [InlineData(":path=")]
    [InlineData(":path=/a\r\nx: y")]
    [InlineData(":authority=h/")]
    [InlineData(":scheme=ftp")]
    [InlineData(":other=x")]
    [InlineData("X=upper")]
    [InlineData("connection=close")]
    [InlineData("te=gzip")]
    [InlineData("content-length=+0")]
    public void Understand_Spoilt_Refusal(string change)
    {
        var (name, value) = (change[..change.IndexOf('=', 1)], change[(change.IndexOf('=', 1) + 1)..]);
        var fields = new List<Field> { new(":method", "GET"), new(":scheme", "http"), new(":authority", "h"), new(":path", "/") };
        fields.RemoveAll(field => field.Name == name);
        fields.Insert(name.StartsWith(':') ? 0 : fields.Count, new Field(name, value));

        Assert.NotNull(Http2Reference.Understand(fields, "", [], fromOutside: true).Refusal);
    }

    [Theory]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/%2E%2e/b", "/b")]
    [InlineData("/a\\b", "/a/b")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/..", "/")]
    [InlineData("//a", "//a")]
    [InlineData("/a?b/../c", "/a?b/../c")]
    [InlineData("/a#b", "/a")]
    [InlineData("*", "*")]
    public void Apply_Path_NormalizedAsIstioDoes(string target, string normal) => Assert.Equal(normal, PathNormalization.Apply(target));

    private static SentRequests Read(string bytes) => Http1Reference.Read(bytes, fromOutside: false, "a caller");
}
