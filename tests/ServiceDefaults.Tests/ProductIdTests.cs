using Bookinfo.ServiceDefaults;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class ProductIdTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("000", "0")]
    [InlineData("-0", "0")]
    [InlineData("+0", "0")]
    [InlineData("42", "42")]
    [InlineData("+42", "42")]
    [InlineData("-42", "-42")]
    [InlineData("042", "42")]
    [InlineData("-042", "-42")]
    public void TryParse_WholeNumber_GivesItsCanonicalForm(string text, string expected)
    {
        Assert.True(ProductId.TryParse(text, out var id));
        Assert.Equal(expected, id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1e3")]
    [InlineData("0x1")]
    [InlineData("1_0")]
    [InlineData("１")]
    public void TryParse_SomethingElse_IsFalse(string text) => Assert.False(ProductId.TryParse(text, out _));
}
