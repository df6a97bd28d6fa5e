using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>The texts that a request can have in its parts, as RE2 expressions.</summary>
internal static class TextLanguages
{
    /// <summary>The texts of a part. A path has no dot segments: they are gone before rules are asked.</summary>
    /// <exception cref="UndecidableException">The part is not independent of the others.</exception>
    public static string Of(RequestPart part) => part switch
    {
        RequestPart.Path => "(/([!-\"$-.0->@-\\[\\]-~]{3,}|[!-\"$-\\-0->@-\\[\\]-~][!-\"$-.0->@-\\[\\]-~]?|\\.[!-\"$-\\-0->@-\\[\\]-~])?)+",
        RequestPart.Method => "[!#$%&'*+.^_`|~0-9A-Za-z-]+",
        RequestPart.Scheme => "http|https",
        RequestPart.Header => "([!-~]([ -~]*[!-~])?)?",
        RequestPart.QueryParameter => "[!-\"$%'-~]*",
        _ => throw new UndecidableException("a rule asks for path and query together (the header :path)"),
    };
}
