using Bookinfo.Mesh.Istio;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Headers;

/// <summary>
/// Removes, then sets, then adds headers. Pseudo-headers and <c>host</c> are left out: setting those is a rewrite of the authority
/// (<c>route.go: TranslateHeadersOperations</c>).
/// </summary>
internal sealed class HeaderChanges
{
    private readonly string[] _remove;
    private readonly Line[] _write;

    private HeaderChanges(IReadOnlyList<HeaderOperations> operations)
    {
        _remove = [.. operations.SelectMany(each => each.Remove).Where(name => !IsInternal(name))];
        _write = [.. operations.SelectMany(Lines).Where(line => !IsInternal(line.Name))];
    }

    /// <summary>The changes, or null where there are none. Of several, all remove first; then one after the other sets and adds.</summary>
    public static HeaderChanges? From(params IEnumerable<HeaderOperations?> operations) =>
        operations.OfType<HeaderOperations>().ToList() is { Count: > 0 } some ? new HeaderChanges(some) : null;

    /// <summary>The authority that the operations set; null where they set none.</summary>
    public static string? Authority(HeaderOperations? operations) => operations is null ? null : Find(operations.Set) ?? Find(operations.Add);

    public void Apply(IHeaderDictionary headers)
    {
        foreach (var name in _remove)
        {
            headers.Remove(name);
        }

        foreach (var line in _write)
        {
            headers[line.Name] = line.Appends ? StringValues.Concat(headers[line.Name], line.Value) : line.Value;
        }
    }

    public override string ToString() => string.Join("; ", _remove.Select(name => $"remove {name}").Concat(_write.Select(line => line.ToString())));

    private static IEnumerable<Line> Lines(HeaderOperations operations) =>
        operations.Set.Select(header => new Line(header.Key, Plain(header.Value), Appends: false))
            .Concat(operations.Add.Select(header => new Line(header.Key, Plain(header.Value), Appends: true)));

    /// <summary>A rule writes <c>%%</c> for a percent sign: to Envoy a single one begins a variable, which validation refuses here.</summary>
    private static string Plain(string value) => value.Replace("%%", "%", StringComparison.Ordinal);

    private static string? Find(IReadOnlyDictionary<string, string> headers) => headers.FirstOrDefault(header => IsAuthority(header.Key)).Value;

    private static bool IsInternal(string name) => name.StartsWith(':') || IsAuthority(name);

    private static bool IsAuthority(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals(":authority", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Line(string Name, string Value, bool Appends)
    {
        public override string ToString() => $"{(Appends ? "add" : "set")} {Name}: {Value}";
    }
}
