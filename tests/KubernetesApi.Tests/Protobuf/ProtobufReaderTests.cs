using System.Text;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Protobuf;

namespace Bookinfo.Tests.KubernetesApi.Protobuf;

/// <summary>Bodies written by hand, after <c>k8s.io/api/core/v1/generated.proto</c>.</summary>
public sealed class ProtobufReaderTests
{
    [Fact]
    public void Read_ConfigMap_AsJsonWouldHaveIt()
    {
        var metadata = Field(1, Field(1, "settings"), Field(3, "default"), Field(11, Field(1, "app"), Field(2, "reviews")));
        var map = ProtobufReader.Read(Envelope("ConfigMap", [.. metadata, .. Field(2, Field(1, "color"), Field(2, "blue"))]));

        Assert.Equal("""{"name":"settings","namespace":"default","labels":{"app":"reviews"}}""", map["metadata"]!.ToText());
        Assert.Equal("blue", map.Text("data", "color"));
        Assert.Equal("v1 ConfigMap", $"{map.Text("apiVersion")} {map.Text("kind")}");
    }

    [Fact]
    public void Read_ServicePort_HasANumberOrAName()
    {
        byte[] port = [.. Field(4, (byte[])[0x08, 0x01, 0x10, 0x00], Field(3, "http")), 0x18, 0x50];
        var service = ProtobufReader.Read(Envelope("Service", Field(2, Field(1, port))));

        Assert.Equal("http", service.Items("spec", "ports").Single().Text("targetPort"));
        Assert.Equal(80, service.Items("spec", "ports").Single().Number("port"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("k8s\0\u0012")]
    [InlineData("k8s\0\u0012\u007f")]
    [InlineData("k8s\0\u000b")]
    public void Read_BodyThatIsNotProtobuf_IsRefused(string body) =>
        Assert.Throws<FormatException>(() => ProtobufReader.Read(Encoding.Latin1.GetBytes(body)));

    [Fact]
    public void Read_FieldThatIsNotRead_IsNamedAndNotPassedOver() => Assert.Contains("field 99 of ConfigMap",
        Assert.Throws<FormatException>(() => ProtobufReader.Read(Envelope("ConfigMap", [0x98, 0x06, 0x01]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_FieldThatIsNotReadAndEmpty_IsPassedOver() =>
        Assert.Empty(ProtobufReader.Read(Envelope("ConfigMap", [0x98, 0x06, 0x00, .. Field(15, "")]))
            .Select(field => field.Key).Except(["apiVersion", "kind"]));

    [Fact]
    public void Read_IngressRule_HasItsPathsBesideItsHost()
    {
        var backend = Field(2, Field(4, Field(1, "reviews"), Field(2, (byte[])[0x10, 0x50])));
        var paths = Field(1, Field(1, [.. Field(1, "/"), .. backend, .. Field(3, "Prefix")]));
        var ingress = ProtobufReader.Read(Envelope("Ingress", Field(2, Field(3, Field(1, "a.example"), Field(2, paths)))));

        Assert.Equal("""[{"host":"a.example","http":{"paths":[{"path":"/","backend":{"service":{"name":"reviews","port":{"number":80}}},"""
            + "\"pathType\":\"Prefix\"}]}}]", ingress["spec"]!["rules"]!.ToText());
    }

    [Fact]
    public void Read_KindThatIsNotRead_IsNamed() => Assert.Contains("Lease",
        Assert.Throws<FormatException>(() => ProtobufReader.Read(Envelope("Lease", []))).Message, StringComparison.Ordinal);

    private static byte[] Envelope(string kind, byte[] message) =>
        [.. "k8s\0"u8, .. Field(1, Field(1, "v1"), Field(2, kind)), .. Field(2, message)];

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        return [(byte)((number << 3) | 2), (byte)content.Length, .. content];
    }
}
