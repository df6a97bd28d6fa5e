using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>
/// The hash that Envoy builds rings and tables with, so that a key meets the same endpoint here and there
/// (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
/// </summary>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    public static ulong Of(ReadOnlySpan<char> text, ulong seed = 0)
    {
        Span<byte> bytes = text.Length <= 256 ? stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length)]
            : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)], seed);
    }

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var length = (ulong)bytes.Length;
        var hash = seed + Prime5;
        if (bytes.Length >= 32)
        {
            hash = Stripes(ref bytes, seed);
        }

        hash += length;
        while (bytes.Length >= 8)
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(bytes)), 27) * Prime1) + Prime4;
            bytes = bytes[8..];
        }

        if (bytes.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Prime1), 23) * Prime2) + Prime3;
            bytes = bytes[4..];
        }

        foreach (var value in bytes)
        {
            hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> bytes, ulong seed)
    {
        Span<ulong> lanes = [seed + Prime1 + Prime2, seed + Prime2, seed, seed - Prime1];
        while (bytes.Length >= 32)
        {
            for (var lane = 0; lane < 4; lane++)
            {
                lanes[lane] = Round(lanes[lane], BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * lane)..]));
            }

            bytes = bytes[32..];
        }

        var hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
            + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
        foreach (var lane in lanes)
        {
            hash = ((hash ^ Round(0, lane)) * Prime1) + Prime4;
        }

        return hash;
    }

    private static ulong Round(ulong accumulator, ulong input) => BitOperations.RotateLeft(accumulator + (input * Prime2), 31) * Prime1;
}
