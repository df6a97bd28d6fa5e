using System.Buffers.Binary;
using System.Text;

namespace Bookinfo.Tests.EndToEnd.Pictures;

/// <summary>A part of a picture that changes, and how long it is to be seen.</summary>
/// <param name="X">From the left in pixels; even.</param>
/// <param name="Y">From the top in pixels; even.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="WebP">That part as a WebP file of its own.</param>
/// <param name="Time">How long it stays until the next, up to 4 hours.</param>
internal sealed record Frame(int X, int Y, int Width, int Height, byte[] WebP, TimeSpan Time);

/// <summary>Puts WebP pictures together to one that moves (RFC 9649, section 2.7).</summary>
internal static class AnimatedWebP
{
    private const byte HasAnimation = 0b10;
    private const byte DoNotBlend = 0b10;
    private const int HeaderLength = 12;

    /// <summary>Writes the file.</summary>
    /// <param name="width">Of the whole, in pixels.</param>
    /// <param name="height">Of the whole, in pixels.</param>
    /// <param name="frames">The first covers the whole; each of the others a part of it.</param>
    /// <returns>The file's bytes; it plays without end.</returns>
    public static byte[] Write(int width, int height, IEnumerable<Frame> frames)
    {
        var body = new MemoryStream();
        body.Write("WEBP"u8);
        WriteChunk(body, "VP8X", [HasAnimation, 0, 0, 0, .. Number(width - 1), .. Number(height - 1)]);
        WriteChunk(body, "ANIM", [0xFF, 0xFF, 0xFF, 0xFF, 0, 0]);
        foreach (var frame in frames)
        {
            WriteChunk(body, "ANMF",
            [
                .. Number(frame.X / 2), .. Number(frame.Y / 2), .. Number(frame.Width - 1), .. Number(frame.Height - 1),
                .. Number((int)frame.Time.TotalMilliseconds), DoNotBlend, .. Bitstream(frame.WebP),
            ]);
        }

        var file = new MemoryStream();
        WriteChunk(file, "RIFF", body.ToArray());
        return file.ToArray();
    }

    /// <summary>The chunks of a still picture that are its pixels.</summary>
    private static byte[] Bitstream(byte[] picture)
    {
        var pixels = new MemoryStream();
        for (var at = HeaderLength; at + 8 <= picture.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(picture.AsSpan(at + 4));
            if (Encoding.ASCII.GetString(picture, at, 4) is "ALPH" or "VP8 " or "VP8L")
            {
                WriteChunk(pixels, Encoding.ASCII.GetString(picture, at, 4), picture[(at + 8)..(at + 8 + length)]);
            }

            at += 8 + length + (length % 2);
        }

        return pixels.ToArray();
    }

    /// <summary>A chunk: its name, its length in 32 bits, its content, and a byte that makes the length even.</summary>
    private static void WriteChunk(MemoryStream to, string name, byte[] content)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        to.Write(Encoding.ASCII.GetBytes(name));
        to.Write(length);
        to.Write(content);
        if (content.Length % 2 == 1)
        {
            to.WriteByte(0);
        }
    }

    /// <summary>A number in 24 bits.</summary>
    private static byte[] Number(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
