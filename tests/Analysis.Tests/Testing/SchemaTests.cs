using System.Text.Json;
using Bookinfo.Mesh.Analysis.Testing;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Analysis.Testing;

/// <summary>The schema for editors has the fields that are read, and no others.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "route-tests.schema.json"))).RootElement;

    public static TheoryData<string, string, string> Objects => new()
    {
        { "$defs/case", "cases:\n- ", "cases[0]" },
        { "$defs/expect", "cases:\n- expect:\n    ", "cases[0].expect" },
        { "$defs/share", "cases:\n- expect:\n    destinations:\n    - ", "cases[0].expect.destinations[0]" },
        { "$defs/expect/properties/redirect", "cases:\n- expect:\n    redirect:\n      ", "cases[0].expect.redirect" },
        { "$defs/expect/properties/response", "cases:\n- expect:\n    response:\n      ", "cases[0].expect.response" },
        { "$defs/expect/properties/retries", "cases:\n- expect:\n    retries:\n      ", "cases[0].expect.retries" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Schema_EachField_IsRead(string place, string before, string path)
    {
        foreach (var field in Fields(place))
        {
            Assert.DoesNotContain(TestRun.Read($"{before}{field}:\n").Problems,
                problem => problem.Path == $"{path}.{field}" && problem.Message.Contains("has no field", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("$defs/case", "cases:\n- other: x\n")]
    [InlineData("$defs/share", "cases:\n- expect:\n    mirrors:\n    - other: x\n")]
    [InlineData("$defs/expect/properties/response", "cases:\n- expect:\n    response: {other: x}\n")]
    public void Schema_EachFieldThatIsRead_IsThere(string place, string text)
    {
        var problem = TestRun.Read(text).Problems.Single(each => each.Message.Contains("has no field", StringComparison.Ordinal));

        var read = problem.Suggestion!["it has ".Length..].Split([", ", " and "], StringSplitOptions.None);
        Assert.Equal(Fields(place).Order(StringComparer.Ordinal), read);
    }

    [Fact]
    public void Schema_TheRepositorysOwnTests_AreRead()
    {
        var files = Directory.GetFiles(Repository.PathOf("infra", "rules", "tests"), "*.yaml");

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            Assert.Equal(TestFormat.RouteTest, TestRun.Read(File.ReadAllText(file)).Format);
            Assert.StartsWith("# yaml-language-server: $schema=../../../docs/route-tests.schema.json", File.ReadAllText(file),
                StringComparison.Ordinal);
        });
    }

    private static IEnumerable<string> Fields(string place) =>
        place.Split('/').Aggregate(Schema, (element, name) => element.GetProperty(name)).GetProperty("properties").EnumerateObject()
            .Select(field => field.Name);
}
