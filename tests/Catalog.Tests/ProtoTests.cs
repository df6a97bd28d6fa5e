using Google.Protobuf.Reflection;

namespace Bookinfo.Tests.Catalog;

/// <summary>
/// The rules of <c>buf lint</c>'s STANDARD category that a descriptor shows, for machines without buf. The file's comments and path are
/// buf's to check.
/// </summary>
public sealed class ProtoTests
{
    private static readonly FileDescriptor File = V1.CatalogReflection.Descriptor;

    [Fact]
    public void Package_Always_EndsInItsVersionAndMatchesThePath()
    {
        Assert.Equal("bookinfo.catalog.v1", File.Package);
        Assert.Equal("bookinfo/catalog/v1/catalog.proto", File.Name);
    }

    [Fact]
    public void Methods_Always_HaveARequestAndAResponseOfTheirOwn() =>
        Assert.All(File.Services.SelectMany(service => service.Methods), method =>
            Assert.Equal(($"{method.Name}Request", $"{method.Name}Response"), (method.InputType.Name, method.OutputType.Name)));

    [Fact]
    public void Enums_Always_BeginUnspecifiedAndRepeatTheirName() =>
        Assert.All(File.EnumTypes, type =>
        {
            var prefix = string.Concat(type.Name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{letter}" : $"{letter}"))
                .ToUpperInvariant();
            Assert.Equal($"{prefix}_UNSPECIFIED", type.FindValueByNumber(0).Name);
            Assert.All(type.Values, value => Assert.StartsWith($"{prefix}_", value.Name, StringComparison.Ordinal));
        });

    [Fact]
    public void Fields_Always_AreLowerSnakeCase() =>
        Assert.All(File.MessageTypes.SelectMany(message => message.Fields.InDeclarationOrder()),
            field => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", field.Name));
}
