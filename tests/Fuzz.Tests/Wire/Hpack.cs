using System.Text;

namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>
/// Writes header blocks as literals without indexing and without Huffman coding (RFC 7541, 6.2.2): every byte stands as it is.
/// </summary>
public static class HpackEncoder
{
    public static string Encode(IEnumerable<Field> fields)
    {
        var block = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            block.Append('\0');
            AppendText(block, name);
            AppendText(block, value);
        }

        return block.ToString();
    }

    private static void AppendText(StringBuilder block, string text)
    {
        const int Prefix = 127;
        if (text.Length < Prefix)
        {
            block.Append((char)text.Length);
        }
        else
        {
            block.Append((char)Prefix);
            var rest = text.Length - Prefix;
            for (; rest >= 128; rest >>= 7)
            {
                block.Append((char)((rest & 127) | 128));
            }

            block.Append((char)rest);
        }

        block.Append(text);
    }
}

/// <summary>
/// Reads header blocks with their table (RFC 7541). Huffman coding is not read: neither Kestrel nor HttpClient writes it.
/// </summary>
public sealed class HpackDecoder
{
    /// <summary>RFC 7541, appendix A; an empty value stands for a name without one.</summary>
    private static readonly Field[] StaticTable =
    [
        .. """
            :authority|:method GET|:method POST|:path /|:path /index.html|:scheme http|:scheme https|:status 200|:status 204|:status 206|:status 304
            |:status 400|:status 404|:status 500|accept-charset|accept-encoding gzip, deflate|accept-language|accept-ranges|accept
            |access-control-allow-origin|age|allow|authorization|cache-control|content-disposition|content-encoding|content-language|content-length
            |content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range
            |if-unmodified-since|last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after
            |server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate
            """.Split('|', StringSplitOptions.TrimEntries)
            .Select(entry => entry.Split(' ', 2)).Select(entry => new Field(entry[0], entry.ElementAtOrDefault(1) ?? "")),
    ];

    private const int Overhead = 32;
    private readonly List<Field> _table = [];
    private int _size;
    private int _maximum = 4096;

    /// <exception cref="FormatException">The block cannot be read.</exception>
    public IReadOnlyList<Field> Decode(string block)
    {
        var fields = new List<Field>();
        for (var at = 0; at < block.Length;)
        {
            int first = block[at];
            if (first >= 0x80)
            {
                fields.Add(At(ReadNumber(block, ref at, 7)));
            }
            else if (first >= 0x40)
            {
                fields.Add(ReadLiteral(block, ref at, 6));
                Remember(fields[^1]);
            }
            else if (first >= 0x20)
            {
                _maximum = ReadNumber(block, ref at, 5);
                Evict();
            }
            else
            {
                fields.Add(ReadLiteral(block, ref at, 4));
            }
        }

        return fields;
    }

    private Field ReadLiteral(string block, ref int at, int prefix)
    {
        var index = ReadNumber(block, ref at, prefix);
        var name = index == 0 ? ReadText(block, ref at) : At(index).Name;
        return new Field(name, ReadText(block, ref at));
    }

    private Field At(int index) => index >= 1 && index <= StaticTable.Length ? StaticTable[index - 1]
        : index > StaticTable.Length && index <= StaticTable.Length + _table.Count ? _table[index - StaticTable.Length - 1]
        : throw new FormatException($"HPACK index {index} is in no table.");

    private void Remember(Field field)
    {
        _table.Insert(0, field);
        _size += Size(field);
        Evict();
    }

    private void Evict()
    {
        while (_size > _maximum && _table.Count > 0)
        {
            _size -= Size(_table[^1]);
            _table.RemoveAt(_table.Count - 1);
        }
    }

    private static int Size(Field field) => field.Name.Length + field.Value.Length + Overhead;

    private static string ReadText(string block, ref int at)
    {
        if (at >= block.Length || block[at] >= 0x80)
        {
            throw new FormatException(at >= block.Length ? "The HPACK block ends too early." : "The HPACK block has Huffman coding.");
        }

        var length = ReadNumber(block, ref at, 7);
        if (length > block.Length - at)
        {
            throw new FormatException("The HPACK block ends within a text.");
        }

        at += length;
        return block.Substring(at - length, length);
    }

    private static int ReadNumber(string block, ref int at, int prefix)
    {
        var most = (1 << prefix) - 1;
        var number = block[at++] & most;
        if (number < most)
        {
            return number;
        }

        for (var shift = 0; at < block.Length && shift <= 21; shift += 7)
        {
            int next = block[at++];
            number += (next & 127) << shift;
            if (next < 128)
            {
                return number;
            }
        }

        throw new FormatException("The HPACK block ends within a number.");
    }
}
