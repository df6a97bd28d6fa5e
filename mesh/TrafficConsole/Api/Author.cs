using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>Who sends a request that changes something: browsers say that it comes from a page, programs say nothing.</summary>
internal static class Author
{
    /// <summary>One of <see cref="RuleAuthor"/>.</summary>
    public static string Of(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin" ? RuleAuthor.Page : RuleAuthor.Api;
}
