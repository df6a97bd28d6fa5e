using Bookinfo.Mesh.Http1;
using Bookinfo.Tests.Http1.Support;

namespace Bookinfo.Tests.Http1.Hostile;

/// <summary>
/// Answers that two readers could read in two ways, or that have no end: each is a typed failure, whatever pieces it comes in.
/// </summary>
public sealed class MalformedAnswerTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static readonly Dictionary<string, (string Answer, Http1Error Error)> Kinds = new()
    {
        ["nothing"] = ("", Http1Error.Terminated),
        ["another protocol"] = ("SSH-2.0-OpenSSH_9.6\r\n", Http1Error.Protocol),
        ["another protocol without a line end"] = ("\u0016\u0003\u0001\u0002", Http1Error.Protocol),
        ["an HTTP/2 preface"] = ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Http1Error.Protocol),
        ["a version of two"] = ("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", Http1Error.Protocol),
        ["a version without a digit"] = ("HTTP/1.x 200 OK\r\n\r\n", Http1Error.Protocol),
        ["lower-case protocol"] = ("http/1.1 200 OK\r\n\r\n", Http1Error.Protocol),
        ["a status of two digits"] = ("HTTP/1.1 20 OK\r\n\r\n", Http1Error.Protocol),
        ["a status of four digits"] = ("HTTP/1.1 2000 OK\r\n\r\n", Http1Error.Protocol),
        ["a status below 100"] = ("HTTP/1.1 099 OK\r\n\r\n", Http1Error.Protocol),
        ["a status with a sign"] = ("HTTP/1.1 +20 OK\r\n\r\n", Http1Error.Protocol),
        ["two blanks before the status"] = ("HTTP/1.1  200 OK\r\n\r\n", Http1Error.Protocol),
        ["a NUL in the reason"] = ("HTTP/1.1 200 O\0K\r\n\r\n", Http1Error.Protocol),
        ["a carriage return in the reason"] = ("HTTP/1.1 200 O\rK\r\n\r\n", Http1Error.Protocol),
        ["a head cut off"] = ("HTTP/1.1 200 OK\r\nContent-Le", Http1Error.Terminated),
        ["a head without its empty line"] = ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", Http1Error.Terminated),
        ["a line without a colon"] = ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", Http1Error.Protocol),
        ["a line without a name"] = ("HTTP/1.1 200 OK\r\n: value\r\n\r\n", Http1Error.Protocol),
        ["a folded line"] = ("HTTP/1.1 200 OK\r\nA: b\r\n c: d\r\n\r\n", Http1Error.Protocol),
        ["a folded first line"] = ("HTTP/1.1 200 OK\r\n\tA: b\r\n\r\n", Http1Error.Protocol),
        ["a blank in a name"] = ("HTTP/1.1 200 OK\r\nA b: c\r\n\r\n", Http1Error.Protocol),
        ["obs-text in a name"] = ("HTTP/1.1 200 OK\r\n\u00e4: c\r\n\r\n", Http1Error.Protocol),
        ["a NUL in a value"] = ("HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n", Http1Error.Protocol),
        ["a carriage return in a value"] = ("HTTP/1.1 200 OK\r\nA: b\rB: c\r\n\r\n", Http1Error.Protocol),
        ["a delete in a value"] = ("HTTP/1.1 200 OK\r\nA: \u007f\r\n\r\n", Http1Error.Protocol),
        ["both lengths"] = ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Http1Error.Protocol),
        ["two lengths"] = ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", Http1Error.Protocol),
        ["a list of lengths"] = ("HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc", Http1Error.Protocol),
        ["a negative length"] = ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", Http1Error.Protocol),
        ["a length with a sign"] = ("HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc", Http1Error.Protocol),
        ["a length in hexadecimal"] = ("HTTP/1.1 200 OK\r\nContent-Length: 0x3\r\n\r\nabc", Http1Error.Protocol),
        ["an empty length"] = ("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nabc", Http1Error.Protocol),
        ["a length beyond 64 bits"] = ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", Http1Error.Protocol),
        ["a coding that is not chunked"] = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", Http1Error.Protocol),
        ["gzip and chunked"] = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", Http1Error.Protocol),
        ["chunked twice"] = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            Http1Error.Protocol),
        ["a 204 with a body"] = ("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", Http1Error.Protocol),
        ["a 204 in chunks"] = ("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Http1Error.Protocol),
        ["a 103 with a body"] = ("HTTP/1.1 103 Early Hints\r\nContent-Length: 3\r\n\r\nabc", Http1Error.Protocol),
        ["a switch that was not asked for"] = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", Http1Error.Protocol),
        ["interim answers without end"] = (string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 101)), Http1Error.Protocol),
        ["an interim answer and the end"] = ("HTTP/1.1 100 Continue\r\n\r\n", Http1Error.Terminated),
        ["101 header lines"] = ($"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 101))}\r\n", Http1Error.Protocol),
        ["a header line of 64 KiB"] = ($"HTTP/1.1 200 OK\r\nA: {new string('b', 65536)}\r\n\r\n", Http1Error.Protocol),
        ["a header line without end"] = ($"HTTP/1.1 200 OK\r\nA: {new string('b', 1 << 20)}", Http1Error.Protocol),
        ["a reason without end"] = ($"HTTP/1.1 200 {new string('b', 1 << 20)}", Http1Error.Protocol),
        ["a body cut off"] = ("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", Http1Error.Terminated),
        ["chunks cut off"] = ($"{Chunked}3\r\nab", Http1Error.Terminated),
        ["chunks without the last"] = ($"{Chunked}3\r\nabc\r\n", Http1Error.Terminated),
        ["a chunk without a size"] = ($"{Chunked}\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["a size that is not hexadecimal"] = ($"{Chunked}g\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["a negative size"] = ($"{Chunked}-1\r\n", Http1Error.Protocol),
        ["a size with 0x"] = ($"{Chunked}0x3\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["a size beyond 64 bits"] = ($"{Chunked}10000000000000003\r\nabc", Http1Error.Protocol),
        ["a size with leading zeros without end"] = ($"{Chunked}{new string('0', 1 << 16)}", Http1Error.Protocol),
        ["a blank before the size"] = ($"{Chunked} 3\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["text after the size"] = ($"{Chunked}3 x\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["a size that ends with a line feed only"] = ($"{Chunked}3\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["a carriage return in an extension"] = ($"{Chunked}3;a\rb\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["an extension of 8 KiB"] = ($"{Chunked}3;{new string('a', 8192)}\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["an extension without end"] = ($"{Chunked}3;{new string('a', 1 << 20)}", Http1Error.Protocol),
        ["a chunk longer than its size"] = ($"{Chunked}2\r\nabc\r\n0\r\n\r\n", Http1Error.Protocol),
        ["a chunk that ends with a line feed only"] = ($"{Chunked}3\r\nabc\n0\r\n\r\n", Http1Error.Protocol),
        ["a trailer without a colon"] = ($"{Chunked}0\r\nabc\r\n\r\n", Http1Error.Protocol),
        ["101 trailers"] = ($"{Chunked}0\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 101))}\r\n", Http1Error.Protocol),
        ["a trailer of 64 KiB"] = ($"{Chunked}0\r\nA: {new string('b', 65536)}\r\n\r\n", Http1Error.Protocol),
        ["trailers cut off"] = ($"{Chunked}0\r\nA: b\r\n", Http1Error.Terminated),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Read_Malformed_TypedFailureInWhateverPieces(string kind)
    {
        var (answer, error) = Kinds[kind];
        var bytes = System.Text.Encoding.Latin1.GetBytes(answer);

        foreach (var size in bytes.Length > 2000 ? [bytes.Length, 1000] : new[] { Math.Max(1, bytes.Length), 1, 2, 7 })
        {
            var heard = await Heard.ReadAsync(bytes.Chunk(size));
            Assert.Equal((error, false), (heard.Error, heard.CanBeReused));
        }
    }
}
