using Bookinfo.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class SettingsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    public void Flag_TrueFalseOrUnset_IsRead(string? value, bool expected) =>
        Assert.Equal(expected, With(value).Flag("KEY", fallback: true));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2.5", 2.5)]
    [InlineData("3600", 3600)]
    [InlineData(null, 7)]
    public void Seconds_InRange_AreRead(string? value, double expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), With(value).Seconds("KEY", 7));

    [Theory]
    [InlineData("yes", "KEY is 'yes'; it should be true or false.")]
    public void Flag_SomethingElse_IsRefused(string value, string message) =>
        Assert.Equal(message, Assert.Throws<SettingException>(() => With(value).Flag("KEY")).Message);

    [Theory]
    [InlineData("-1")]
    [InlineData("3601")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("5s")]
    public void Seconds_OutOfRange_AreRefused(string value) =>
        Assert.Equal($"KEY is '{value}'; it should be a number of seconds from 0 to 3600.",
            Assert.Throws<SettingException>(() => With(value).Seconds("KEY", 0)).Message);

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("tcp://10.0.0.1:9080")]
    public void Number_OutOfRange_IsRefused(string value) =>
        Assert.Equal($"KEY is '{value}'; it should be a whole number from 1 to 65535.",
            Assert.Throws<SettingException>(() => With(value).Number("KEY", 1, 1, 65535)).Message);

    private static IConfiguration With(string? value) => new ConfigurationBuilder().AddInMemoryCollection([new("KEY", value)]).Build();
}
