using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.TrafficConsole.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>A request to explain.</summary>
/// <param name="From">Who would send it: a pod, a workload, an app, or <c>gateway</c>.</param>
/// <param name="Method">The method.</param>
/// <param name="Url">The absolute URL.</param>
/// <param name="Headers">Headers, each with its values.</param>
public sealed record ExplainQuestion(string From, string Url, string Method = "GET",
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Headers = null);

/// <summary>
/// Why a request would go where it goes, without sending it: as JSON, or as lines for a terminal where the caller accepts
/// <c>text/plain</c>.
/// </summary>
internal static class ExplainApi
{
    public static void MapExplainApi(this IEndpointRouteBuilder app) => app.MapPost("/api/explain", Post);

    private static Results<Ok<Explanation>, ContentHttpResult, ProblemHttpResult> Post(ExplainQuestion question, HttpRequest http,
        MeshServer mesh)
    {
        if (!Uri.TryCreate(question.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return TypedResults.Problem($"url: '{question.Url}' is not an absolute http URL.", statusCode: StatusCodes.Status400BadRequest);
        }

        var headers = question.Headers ?? new Dictionary<string, IReadOnlyList<string>>();
        if (headers.FirstOrDefault(header => header.Value is null || header.Value.Contains(null!)).Key is { } empty)
        {
            return TypedResults.Problem(
                $"headers.{empty}: a value is null. Give each header a list of texts.", statusCode: StatusCodes.Status400BadRequest);
        }

        var request = new ExplainRequest(
            question.From,
            question.Method,
            url,
            [.. headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value))]);
        if (!mesh.TryExplain(request, out var explanation, out var error))
        {
            return TypedResults.Problem(error, statusCode: StatusCodes.Status400BadRequest);
        }

        return http.Headers.Accept.ToString().StartsWith("text/plain", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(explanation.ToString())
            : TypedResults.Ok(explanation);
    }
}
