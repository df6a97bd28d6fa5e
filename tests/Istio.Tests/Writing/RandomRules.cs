using System.Reflection;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Gateway = Bookinfo.Mesh.Istio.Model.Gateway;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Istio.Writing;

/// <summary>
/// Rules of any content, made by reflection so that no property of any record is forgotten: what the writer leaves out, or the reader does
/// not take, makes the round trip fail. They need not be valid.
/// </summary>
internal sealed class RandomRules(int seed)
{
    private static readonly string[] Texts =
    [
        "reviews", "v1", "/api/v1", "on", "no", "null", "~", "1", "1.10", "0x1F", "1e3", "-", "- a", "a: b", "a #b", "#", "*", "&a", "!t",
        "? q", "@x", "%", "|", ">", "'", "\"",
        "{a}", "[b]", "a,b", " lead", "trail ", "two\nlines\n", "tab\there", "back\\slash", "é", "日本", "😀", "\u2028", "\u0085", "\u00a0",
        "\uFEFF", "\u0001", "<<", "---", "...",
        "2026-08-01", "12:30", "true", "y", ".5", "+1", "a:b", "a:", "=", "`", "",
    ];

    private readonly Random _random = new(seed);
    private int _names;

    public RuleSet Make() => new(Many<VirtualService>(), Many<DestinationRule>(), Many<Gateway>(), Many<ServiceEntry>())
    {
        GatewayApi =
        [
            .. Many<HttpRoute>(), .. Many<GrpcRoute>(), .. Many<Mesh.Istio.GatewayApi.Gateway>(), .. Many<GatewayClass>(),
            .. Many<ListenerSet>(), .. Many<ReferenceGrant>(),
        ],
        Ingresses = [.. Many<Ingress>(), .. Many<IngressClass>()],
    };

    private List<T> Many<T>() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => (T)Value(typeof(T))!)];

    private object? Value(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return _random.Next(3) == 0 ? null : Value(underlying);
        }

        return type switch
        {
            _ when type == typeof(string) => Texts[_random.Next(Texts.Length - 1)],
            _ when type == typeof(bool) => _random.Next(2) == 0,
            _ when type == typeof(int) => _random.Next(1, 100_000),
            _ when type == typeof(ulong) => (ulong)_random.Next(1, 100_000),
            _ when type == typeof(byte) => (byte)_random.Next(256),
            _ when type == typeof(double) => _random.Next(3) switch
            {
                0 => _random.Next(101),
                1 => _random.NextDouble() * 100,
                _ => _random.NextDouble() / 1e6,
            },
            _ when type == typeof(TimeSpan) =>
                TimeSpan.FromTicks(_random.NextInt64(1, 1L << _random.Next(1, 44)) * (_random.Next(2) == 0 ? 1
                    : TimeSpan.TicksPerMillisecond)),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length)),
            _ when type == typeof(Metadata) => new Metadata
            {
                Name = $"r{_names++}",
                Namespace = _random.Next(2) == 0 ? null : "prod",
                Labels = (IReadOnlyDictionary<string, string>)Map(typeof(string)),
                Annotations = (IReadOnlyDictionary<string, string>)Map(typeof(string)),
            },
            _ when type == typeof(RouteFilter) => Filter(),
            _ when type == typeof(PathModifier) => _random.Next(2) == 0 ? new PathModifier { ReplaceFullPath = "/a" }
                : new PathModifier { ReplacePrefixMatch = "/b" },
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type.GetGenericArguments()[0]),
            _ when type.IsGenericType => Map(type.GetGenericArguments()[1]),
            _ => Record(type),
        };
    }

    /// <summary>A filter has the field of its type and no other. What a GRPCRoute has as well is enough for both.</summary>
    private RouteFilter Filter() => _random.Next(3) switch
    {
        0 => new RouteFilter
        {
            Type = RouteFilterType.RequestHeaderModifier,
            RequestHeaderModifier = (HeaderModifier)Value(typeof(HeaderModifier))!,
        },
        1 => new RouteFilter
        {
            Type = RouteFilterType.ResponseHeaderModifier,
            ResponseHeaderModifier = (HeaderModifier)Value(typeof(HeaderModifier))!,
        },
        _ => new RouteFilter { Type = RouteFilterType.RequestMirror, RequestMirror = (RequestMirror)Value(typeof(RequestMirror))! },
    };

    /// <summary>Where a resource was read from or what it was made of is not part of the text.</summary>
    private static bool IsText(PropertyInfo property) => property.SetMethod is not null
        && property.Name is not (nameof(Resource.Source) or nameof(VirtualService.Semantics) or nameof(Mesh.Istio.Model.HttpRoute.Origin))
        && property.PropertyType != typeof(SessionPolicy);

    private object Record(Type type)
    {
        var constructor = type.GetConstructors()[0];
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType))]);
        var nullability = new NullabilityInfoContext();
        foreach (var property in type.GetProperties().Where(IsText))
        {
            var mayBeNull = nullability.Create(property).WriteState == NullabilityState.Nullable;
            if (!mayBeNull || _random.Next(2) == 0)
            {
                property.SetValue(made, Value(property.PropertyType));
            }
        }

        return made;
    }

    private Array List(Type item)
    {
        var list = Array.CreateInstance(item, _random.Next(3));
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(Item(item), i);
        }

        return list;
    }

    private object Map(Type item)
    {
        var map = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item))!;
        for (var i = _random.Next(3); i > 0; i--)
        {
            map[Texts[_random.Next(Texts.Length)]] = Item(item);
        }

        return map;
    }

    /// <summary>In lists and maps an empty text is a text; elsewhere it is none, as in Istio's API.</summary>
    private object? Item(Type item) => item == typeof(string) ? Texts[_random.Next(Texts.Length)] : Value(item);
}
