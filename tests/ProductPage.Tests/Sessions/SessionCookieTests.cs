using System.Buffers.Text;
using System.Text;
using Bookinfo.ProductPage.Sessions;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ProductPage.Sessions;

public sealed class SessionCookieTests
{
    private readonly SessionCookie _sessions = new("a key of ours, long enough"u8.ToArray());

    [Theory]
    [InlineData("jason")]
    [InlineData("Jürgen O'Neill; admin")]
    [InlineData("日本")]
    public void UserOf_OwnCookie_IsTheUser(string user) => Assert.Equal(user, UserOf(_sessions.Sign(user)));

    [Fact]
    public void UserOf_NoCookie_IsNobody() => Assert.Null(_sessions.UserOf(new DefaultHttpContext().Request));

    [Fact]
    public void UserOf_AnyCharacterChanged_IsNobody()
    {
        var cookie = _sessions.Sign("jason");
        for (var place = 0; place < cookie.Length; place++)
        {
            var other = cookie[place] == 'A' ? 'B' : 'A';
            var tampered = string.Concat(cookie.AsSpan(0, place), other.ToString(), cookie.AsSpan(place + 1));
            Assert.Null(UserOf(tampered));
        }
    }

    [Fact]
    public void UserOf_AnotherName_WithTheSameSignature_IsNobody()
    {
        var signature = _sessions.Sign("jason").Split('.')[1];
        Assert.Null(UserOf($"{Base64Url.EncodeToString("admin"u8)}.{signature}"));
    }

    [Fact]
    public void UserOf_SignedWithAnotherKey_IsNobody() =>
        Assert.Null(UserOf(new SessionCookie("another key altogether"u8.ToArray()).Sign("jason")));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("jason")]
    [InlineData("amFzb24.")]
    [InlineData("amFzb24.AAAA")]
    [InlineData("amFzb24.A.A")]
    [InlineData("amFzb24.!!!!")]
    [InlineData("=.=")]
    public void UserOf_Garbage_IsNobody(string cookie) => Assert.Null(UserOf(cookie));

    [Fact]
    public void UserOf_VeryLongGarbage_IsNobody() => Assert.Null(UserOf(new string('A', 20_000) + "." + new string('B', 20_000)));

    [Fact]
    public void Sign_SameUserAndKey_IsKnownToAnotherPod()
    {
        var elsewhere = new SessionCookie("a key of ours, long enough"u8.ToArray());
        Assert.Equal(elsewhere.Sign("jason"), _sessions.Sign("jason"));
    }

    [Fact]
    public void Sign_Cookie_NeedsNoQuoting() =>
        Assert.All(_sessions.Sign(Encoding.UTF8.GetString([0x21, 0x3b, 0x2c])),
            c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    private string? UserOf(string cookie)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"other=1; {SessionCookie.Name}={cookie}";
        return _sessions.UserOf(context.Request);
    }
}
