using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>Reads changes to headers as filters. The Host header is set by a rewrite instead.</summary>
internal sealed class HeaderReader(VirtualService service, FindingList findings)
{
    /// <summary>The Host header that changes to a request set; null for none.</summary>
    public static string? Authority(HeaderOperations? operations) =>
        operations?.Set.Concat(operations.Add).FirstOrDefault(header => IsAuthority(header.Key)).Value is { } authority
            ? Plain(authority) : null;

    public IReadOnlyList<Api.RouteFilter> Filters(Headers? headers, string path)
    {
        var filters = new List<Api.RouteFilter>();
        if (Changes(headers?.Request, $"{path}.request") is { } request)
        {
            filters.Add(new Api.RouteFilter { Type = Api.RouteFilterType.RequestHeaderModifier, RequestHeaderModifier = request });
        }

        if (Changes(headers?.Response, $"{path}.response") is { } response)
        {
            filters.Add(new Api.RouteFilter { Type = Api.RouteFilterType.ResponseHeaderModifier, ResponseHeaderModifier = response });
        }

        return filters;
    }

    private Api.HeaderModifier? Changes(HeaderOperations? operations, string path)
    {
        if (operations is null)
        {
            return null;
        }

        var changes = new Api.HeaderModifier
        {
            Set = Values(operations.Set, $"{path}.set"),
            Add = Values(operations.Add, $"{path}.add"),
            Remove = operations.Remove,
        };
        return changes.Set.Count + changes.Add.Count + changes.Remove.Count > 0 ? changes : null;
    }

    private List<Api.HttpHeader> Values(IReadOnlyDictionary<string, string> headers, string path)
    {
        var values = new List<Api.HttpHeader>();
        foreach (var (name, value) in headers.Where(header => !IsAuthority(header.Key)))
        {
            if (value.Length == 0 || name.StartsWith(':'))
            {
                findings.Lost(service, $"{path}[\"{name}\"]",
                    name.StartsWith(':') ? "the Gateway API does not change pseudo-headers" : "the Gateway API writes no empty headers");
            }
            else
            {
                values.Add(new Api.HttpHeader(name, Plain(value)));
            }
        }

        return values;
    }

    /// <summary>A VirtualService writes two percent signs for one; the Gateway API has no variables.</summary>
    private static string Plain(string value) => value.Replace("%%", "%", StringComparison.Ordinal);

    private static bool IsAuthority(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals(":authority", StringComparison.OrdinalIgnoreCase);
}
