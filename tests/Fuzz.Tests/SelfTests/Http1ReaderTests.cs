using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.SelfTests;

public sealed class Http1ReaderTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", ReadingState.Complete, "")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET", ReadingState.Complete, "abc")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", ReadingState.Complete, "abc")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", ReadingState.Incomplete, "ab")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", ReadingState.Incomplete, "ab")]
    [InlineData("GET / HTTP/1.1\r\nHost", ReadingState.Incomplete, "")]
    public void Read_Message_StateAndBody(string bytes, ReadingState state, string body)
    {
        var reading = new Http1Reader(strict: true).Read(bytes, 0);

        Assert.Equal(state, reading.State);
        Assert.Equal(body, reading.Body);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\na b: c\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\na : c\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\na: b\0c\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\na: b\rc\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\na: b\r\n c\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;a\rb\r\na\r\n0\r\n\r\n")]
    public void Read_Spoilt_InvalidForBothReaders(string bytes)
    {
        Assert.Equal(ReadingState.Invalid, new Http1Reader(strict: true).Read(bytes, 0).State);
        Assert.Equal(ReadingState.Invalid, new Http1Reader(strict: false).Read(bytes, 0).State);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n")]
    [InlineData("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\na\r\n0\r\n\r\n")]
    public void Read_WhatARecipientMayPardon_OnlyTheStrictReaderRefuses(string bytes)
    {
        Assert.NotEqual("GET / HTTP/1.1",
            new Http1Reader(strict: true).Read(bytes, 0) is { State: ReadingState.Complete } good ? good.StartLine : "");
        Assert.Equal(ReadingState.Complete, new Http1Reader(strict: false).Read(bytes, 0).State);
    }
}
