using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.SelfTests;

public sealed class HpackTests
{
    [Fact]
    public void Decode_WhatWasEncoded_EveryByte()
    {
        Field[] fields = [new(":path", "/a\r\nb\0"), new("", ""), new("x", new string('\xff', 20_000))];

        Assert.Equal(fields, new HpackDecoder().Decode(HpackEncoder.Encode(fields)));
    }

    /// <summary>The three requests on one connection of RFC 7541, appendix C.3.</summary>
    [Fact]
    public void Decode_ExamplesOfTheRfc_TableIsKept()
    {
        var decoder = new HpackDecoder();

        Assert.Equal(
            [new(":method", "GET"), new(":scheme", "http"), new(":path", "/"), new(":authority", "www.example.com")],
            decoder.Decode("\x82\x86\x84\x41\x0fwww.example.com"));
        Assert.Equal(
            [new(":method", "GET"), new(":scheme", "http"), new(":path", "/"), new(":authority", "www.example.com"),
                new("cache-control", "no-cache")],
            decoder.Decode("\x82\x86\x84\xbe\x58\x08no-cache"));
        Assert.Equal(
            [new(":method", "GET"), new(":scheme", "https"), new(":path", "/index.html"), new(":authority", "www.example.com"),
                new("custom-key", "custom-value")],
            decoder.Decode("\x82\x87\x85\xbf\x40\ncustom-key\fcustom-value"));
    }

    [Theory]
    [InlineData("\xff\xff\xff\xff\xff\xff")]
    [InlineData("\xbe")]
    [InlineData("\x00\x05ab")]
    public void Decode_Spoilt_Throws(string block) => Assert.Throws<FormatException>(() => new HpackDecoder().Decode(block));
}
