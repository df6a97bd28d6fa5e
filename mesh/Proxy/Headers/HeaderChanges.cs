using Bookinfo.Mesh.Traffic;
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
    private readonly KeyValuePair<string, string>[] _set;
    private readonly KeyValuePair<string, string>[] _add;

    private HeaderChanges(HeaderOperations operations)
    {
        _remove = [.. operations.Remove.Where(name => !IsInternal(name))];
        _set = [.. operations.Set.Where(header => !IsInternal(header.Key))];
        _add = [.. operations.Add.Where(header => !IsInternal(header.Key))];
    }

    /// <summary>The changes, or null where there are none.</summary>
    public static HeaderChanges? From(HeaderOperations? operations) => operations is null ? null : new HeaderChanges(operations);

    /// <summary>The authority that the operations set; null where they set none.</summary>
    public static string? Authority(HeaderOperations? operations) => operations is null ? null : Find(operations.Set) ?? Find(operations.Add);

    public void Apply(IHeaderDictionary headers)
    {
        foreach (var name in _remove)
        {
            headers.Remove(name);
        }

        foreach (var (name, value) in _set)
        {
            headers[name] = value;
        }

        foreach (var (name, value) in _add)
        {
            headers[name] = StringValues.Concat(headers[name], value);
        }
    }

    public override string ToString() => string.Join("; ", ((string[])[
        .. _remove.Select(name => $"remove {name}"), .. _set.Select(header => $"set {header.Key}: {header.Value}"), .. _add.Select(header => $"add {header.Key}: {header.Value}")]));

    private static string? Find(IReadOnlyDictionary<string, string> headers) => headers.FirstOrDefault(header => IsAuthority(header.Key)).Value;

    private static bool IsInternal(string name) => name.StartsWith(':') || IsAuthority(name);

    private static bool IsAuthority(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals(":authority", StringComparison.OrdinalIgnoreCase);
}
