using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Protobuf;

/// <summary>
/// Reads an object that a client sends as protobuf: Kubernetes' envelope (<c>k8s.io/apimachinery/pkg/runtime/generated.proto: Unknown</c>)
/// around a message. <c>kubectl create</c> sends its own kinds so.
/// </summary>
internal static class ProtobufReader
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private const int Deepest = 32;

    /// <summary>Reads an object.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The object as JSON would have it.</returns>
    /// <exception cref="FormatException">It is not protobuf, or of a kind or with a field that is not read.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("k8s\0"u8))
        {
            throw new FormatException("the body does not begin as Kubernetes' protobuf does");
        }

        var (version, kind) = ("", "");
        var raw = ReadOnlySpan<byte>.Empty;
        var envelope = new Wire(body[4..]);
        while (envelope.TryNext(out var number, out _))
        {
            if (number == 1)
            {
                var type = new Wire(envelope.Bytes());
                while (type.TryNext(out var part, out _))
                {
                    var text = Encoding.UTF8.GetString(type.Bytes());
                    (version, kind) = part == 1 ? (text, kind) : (version, text);
                }
            }
            else if (number == 2)
            {
                raw = envelope.Bytes();
            }
            else
            {
                envelope.Bytes();
            }
        }

        var content = Message(raw, ProtobufTypes.NameOf(version, kind), 0);
        (content["apiVersion"], content["kind"]) = (version, kind);
        return content;
    }

    private static JsonObject Message(ReadOnlySpan<byte> bytes, string name, int depth)
    {
        var fields = ProtobufTypes.Find(name);
        if (fields is null || depth > Deepest)
        {
            throw new FormatException($"{name} is not read as protobuf here; send it as JSON or YAML");
        }

        var message = new JsonObject();
        var wire = new Wire(bytes);
        while (wire.TryNext(out var number, out var isNumber))
        {
            if (!fields.TryGetValue(number, out var field))
            {
                // Go writes fields that are empty, too; nothing is lost with them.
                if (isNumber ? wire.Number() == 0 : wire.Bytes().IsEmpty)
                {
                    continue;
                }

                throw new FormatException($"field {number} of {name} is not read as protobuf here; send it as JSON or YAML");
            }

            if (field.Kind is ProtobufKind.Number or ProtobufKind.Flag != isNumber)
            {
                throw new FormatException($"{name}.{field.Name} is written in another way");
            }

            Add(message, field, ref wire, depth);
        }

        return message;
    }

    private static void Add(JsonObject message, ProtobufField field, ref Wire wire, int depth)
    {
        switch (field.Kind)
        {
            case ProtobufKind.Number:
                message[field.Name] = (long)wire.Number();
                break;
            case ProtobufKind.Flag:
                message[field.Name] = wire.Number() != 0;
                break;
            case ProtobufKind.TextMap or ProtobufKind.BytesMap:
                var (key, value) = Entry(wire.Bytes());
                message.Section(field.Name)[key] = field.Kind == ProtobufKind.TextMap ? Encoding.UTF8.GetString(value)
                    : Convert.ToBase64String(value);
                break;
            default:
                var read = Value(field, wire.Bytes(), depth);
                if (!field.IsList)
                {
                    Set(message, field, read);
                }
                else if (message[field.Name] is JsonArray list)
                {
                    list.Add(read);
                }
                else
                {
                    message[field.Name] = new JsonArray(read);
                }

                break;
        }
    }

    /// <summary>Go writes what is empty too; in JSON an empty text or object is left out.</summary>
    private static void Set(JsonObject message, ProtobufField field, JsonNode? value)
    {
        if (field.Name == ProtobufTypes.Inlined && value is JsonObject inlined)
        {
            foreach (var (name, part) in inlined)
            {
                message[name] = part?.DeepClone();
            }
        }
        else if (value is not null
            && !(value is JsonObject { Count: 0 } && field.Name is "status" or "resources" or "strategy" or "resource")
            && value.Text() != "")
        {
            message[field.Name] = value;
        }
    }

    private static JsonNode? Value(ProtobufField field, ReadOnlySpan<byte> bytes, int depth) => field.Kind switch
    {
        ProtobufKind.Text => Encoding.UTF8.GetString(bytes),
        ProtobufKind.Time => Time(bytes),
        ProtobufKind.IntegerOrText => IntegerOrText(bytes),
        _ => Message(bytes, field.Message, depth + 1),
    };

    private static (string Key, byte[] Value) Entry(ReadOnlySpan<byte> bytes)
    {
        var (key, value) = ("", Array.Empty<byte>());
        var wire = new Wire(bytes);
        while (wire.TryNext(out var number, out _))
        {
            (key, value) = number == 1 ? (Encoding.UTF8.GetString(wire.Bytes()), value) : (key, wire.Bytes().ToArray());
        }

        return (key, value);
    }

    /// <summary>A time without seconds is none: Go's zero value.</summary>
    private static JsonNode? Time(ReadOnlySpan<byte> bytes)
    {
        var wire = new Wire(bytes);
        var seconds = 0L;
        while (wire.TryNext(out var number, out _))
        {
            var value = (long)wire.Number();
            seconds = number == 1 ? value : seconds;
        }

        return seconds is <= 0 or > 253402300799 ? null
            : DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }

    private static JsonNode? IntegerOrText(ReadOnlySpan<byte> bytes)
    {
        var (type, whole, text) = (0UL, 0L, "");
        var wire = new Wire(bytes);
        while (wire.TryNext(out var number, out var isNumber))
        {
            if (isNumber)
            {
                var value = wire.Number();
                (type, whole) = number == 1 ? (value, whole) : (type, (long)value);
            }
            else
            {
                text = Encoding.UTF8.GetString(wire.Bytes());
            }
        }

        return type == 0 ? (whole == 0 ? null : whole) : text;
    }

    /// <summary>The fields of a message one after another, as they are written.</summary>
    private ref struct Wire(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        /// <summary>Goes on to the next field, whose value is read next.</summary>
        public bool TryNext(out int number, out bool isNumber)
        {
            (number, isNumber) = (0, false);
            if (_rest.IsEmpty)
            {
                return false;
            }

            var tag = Number();
            (number, isNumber) = ((int)(tag >> 3), (tag & 7) == 0);
            return (tag & 7) is 0 or 2 ? true : throw new FormatException($"wire type {tag & 7} is not read");
        }

        public ulong Number()
        {
            var value = 0UL;
            for (var shift = 0; shift < 64; shift += 7)
            {
                if (_rest.IsEmpty)
                {
                    break;
                }

                var next = _rest[0];
                _rest = _rest[1..];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return value;
                }
            }

            throw new FormatException("the body breaks off");
        }

        public ReadOnlySpan<byte> Bytes()
        {
            var length = Number();
            if (length > (ulong)_rest.Length)
            {
                throw new FormatException("the body breaks off");
            }

            var bytes = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return bytes;
        }
    }
}
