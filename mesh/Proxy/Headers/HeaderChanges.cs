using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Headers;

/// <summary>
/// Removes, then sets, then adds headers. Pseudo-headers and <c>host</c> are left out: setting those is a rewrite of the authority
/// (<c>route.go: TranslateHeadersOperations</c>).
/// </summary>
internal sealed class HeaderChanges : IResponseFilter
{
    /// <summary>
    /// They say where a message ends and what becomes of its connection, and are the mesh's own for each hop (RFC 9110, 7.6.1; RFC 9112,
    /// 6).
    /// </summary>
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "upgrade", "te", "trailer",
    };

    private readonly string[] _remove;
    private readonly Line[] _write;

    private HeaderChanges(IReadOnlyList<HeaderOperations> operations)
    {
        _remove = [.. operations.SelectMany(each => each.Remove).Where(name => !IsInternal(name))];
        _write = [.. operations.SelectMany(Lines).Where(line => !IsInternal(line.Name))
            .Select(line => line with { Value = HttpSyntax.ToFieldValue(line.Value) })];
        foreach (var line in _write)
        {
            Check(line);
        }
    }

    /// <summary>
    /// The changes to a request or an answer, or null where there are none. Of several, all remove first; then one after the other sets and
    /// adds.
    /// </summary>
    /// <exception cref="ArgumentException">A header cannot be written, or is not a rule's to write.</exception>
    public static HeaderChanges? Of(params IEnumerable<HeaderOperations?> operations) =>
        operations.OfType<HeaderOperations>().ToList() is { Count: > 0 } some ? new HeaderChanges(some) : null;

    /// <summary>The authority that the operations set; null where they set none.</summary>
    /// <exception cref="ArgumentException">It cannot be a Host header.</exception>
    public static string? Authority(HeaderOperations? operations) =>
        operations is null || (Find(operations.Set) ?? Find(operations.Add)) is not { } authority ? null : CheckAuthority(Plain(authority));

    /// <summary>The authority that a rule gives a request.</summary>
    /// <exception cref="ArgumentException">It cannot be a Host header.</exception>
    public static string CheckAuthority(string authority) => HttpSyntax.IsAuthority(authority)
        ? authority
        : throw new ArgumentException(
            $"\"{HttpSyntax.Escape(authority)}\" cannot be a Host header; use a host name or address, with or without a port");

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

    /// <summary>The changes in words, names in lower case: upper and lower case are the same header.</summary>
    public override string ToString() =>
        string.Join("; ", _remove.Select(name => $"remove {name.ToLowerInvariant()}").Concat(_write.Select(line => line.ToString())));

    private static void Check(Line line)
    {
        if (!HttpSyntax.IsToken(line.Name))
        {
            throw new ArgumentException($"\"{HttpSyntax.Escape(line.Name)}\" cannot be the name of a header");
        }

        if (Framing.Contains(line.Name))
        {
            throw new ArgumentException(
                $"{line.Name} tells where a message or its connection ends, which a rule cannot change; leave it out");
        }

        HttpSyntax.CheckFieldValue(line.Value);
    }

    private static IEnumerable<Line> Lines(HeaderOperations operations) =>
        operations.Set.Select(header => new Line(header.Key, Plain(header.Value), Appends: false))
            .Concat(operations.Add.Select(header => new Line(header.Key, Plain(header.Value), Appends: true)));

    /// <summary>
    /// A rule writes <c>%%</c> for a percent sign: to Envoy a single one begins a variable, which validation refuses here.
    /// </summary>
    private static string Plain(string value) => value.Replace("%%", "%", StringComparison.Ordinal);

    private static string? Find(IReadOnlyDictionary<string, string> headers) =>
        headers.FirstOrDefault(header => IsAuthority(header.Key)).Value;

    private static bool IsInternal(string name) => name.StartsWith(':') || IsAuthority(name);

    private static bool IsAuthority(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals(":authority", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Line(string Name, string Value, bool Appends)
    {
        public override string ToString() => $"{(Appends ? "add" : "set")} {Name.ToLowerInvariant()}: {Value}";
    }
}
