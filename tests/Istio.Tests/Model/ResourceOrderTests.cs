using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Istio.Model;

public sealed class ResourceOrderTests
{
    private static Gateway Gateway(string name, string? @namespace = null, string? created = null) => new()
    {
        Metadata = new Metadata
        {
            Name = name,
            Namespace = @namespace,
            CreationTimestamp = created is null ? null : DateTimeOffset.Parse(created, System.Globalization.CultureInfo.InvariantCulture),
        },
        Servers = [],
    };

    [Fact]
    public void Sort_Resources_ByAgeThenNameThenNamespace()
    {
        Gateway[] expected =
        [
            Gateway("z"),
            Gateway("y", created: "2026-01-01T00:00:00Z"),
            Gateway("a", "a", "2026-01-02T00:00:00.9Z"),
            Gateway("a", "b", "2026-01-02T00:00:00.1Z"),
            Gateway("b", "a", "2026-01-02T00:00:00Z"),
        ];

        Assert.Equal(expected, ResourceOrder.Sort(RuleSet.Empty with { Gateways = [.. expected.Reverse()] }).Gateways);
    }

    [Theory]
    [InlineData("\"2026-01-31T12:00:00Z\"")]
    [InlineData("2026-01-31T12:00:00Z")]
    public void Read_CreationTimestamp_KeptWhenWritten(string time)
    {
        var reading = RuleReader.Read(new RuleSource("rules.yaml", $$"""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: a, creationTimestamp: {{time}} }
            spec: {host: a}
            """));

        Assert.Empty(reading.Problems);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
            reading.Rules.DestinationRules[0].Metadata.CreationTimestamp);
        Assert.Equal(reading.Rules, RuleReader.Read(new RuleSource("again.yaml", RuleWriter.Write(reading.Rules))).Rules);
    }

    [Fact]
    public void Read_CreationTimestampThatIsNull_Absent()
    {
        var reading = RuleReader.Read(new RuleSource("rules.yaml",
            "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: a, creationTimestamp: null}, spec: {host: a}}"));

        Assert.Empty(reading.Problems);
        Assert.Null(reading.Rules.DestinationRules[0].Metadata.CreationTimestamp);
    }

    [Fact]
    public void Read_CreationTimestampThatIsNotATime_Error() => Assert.Contains("2026-01-31T12:00:00Z", Assert.Single(
        RuleReader.Read(new RuleSource("rules.yaml",
            "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: a, creationTimestamp: soon}, spec: {host: a}}"))
            .Problems).Suggestion, StringComparison.Ordinal);
}
