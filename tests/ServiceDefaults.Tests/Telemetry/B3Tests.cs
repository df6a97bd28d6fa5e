using Bookinfo.ServiceDefaults.Telemetry;

namespace Bookinfo.Tests.ServiceDefaults.Telemetry;

public sealed class B3Tests
{
    private const string Trace = "80f198ee56343ba864fe8b2a57d3eff7";
    private const string Span = "e457b5a2e4d86bd1";

    [Theory]
    [InlineData($"{Trace}-{Span}-1-05e3ac9a4f6e3b90", $"00-{Trace}-{Span}-01")]
    [InlineData($"{Trace}-{Span}-1", $"00-{Trace}-{Span}-01")]
    [InlineData($"{Trace}-{Span}-d", $"00-{Trace}-{Span}-01")]
    [InlineData($"{Trace}-{Span}-0", $"00-{Trace}-{Span}-00")]
    [InlineData($"{Trace}-{Span}", $"00-{Trace}-{Span}-01")]
    [InlineData($"64fe8b2a57d3eff7-{Span}-1", $"00-000000000000000064fe8b2a57d3eff7-{Span}-01")]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("a-b-c", null)]
    [InlineData($"{Trace}-{Span}-1-05e3ac9a4f6e3b90-x", null)]
    [InlineData($"00000000000000000000000000000000-{Span}-1", null)]
    [InlineData($"zzf198ee56343ba864fe8b2a57d3eff7-{Span}-1", null)]
    public void FromSingle_AnyForm_IsATraceParentOrNothing(string? b3, string? expected) => Assert.Equal(expected, B3.FromSingle(b3));

    [Theory]
    [InlineData(Trace, Span, "1", null, $"00-{Trace}-{Span}-01")]
    [InlineData(Trace, Span, "true", null, $"00-{Trace}-{Span}-01")]
    [InlineData(Trace, Span, null, null, $"00-{Trace}-{Span}-01")]
    [InlineData(Trace, Span, "0", null, $"00-{Trace}-{Span}-00")]
    [InlineData(Trace, Span, "0", "1", $"00-{Trace}-{Span}-01")]
    [InlineData(Trace, null, "1", null, null)]
    [InlineData(null, Span, "1", null, null)]
    [InlineData(Trace, "xyz", "1", null, null)]
    public void FromMultiple_AnyForm_IsATraceParentOrNothing(string? trace, string? span, string? sampled, string? flags,
        string? expected) =>
        Assert.Equal(expected, B3.FromMultiple(trace, span, sampled, flags));
}
