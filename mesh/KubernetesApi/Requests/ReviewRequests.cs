using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>
/// Answers <c>kubectl auth</c>: who holds the token of the kubeconfig has every right (<c>k8s.io/api/authorization/v1</c>,
/// <c>k8s.io/api/authentication/v1</c>).
/// </summary>
internal static class ReviewRequests
{
    private const string Authorization = "authorization.k8s.io";
    private const string Authentication = "authentication.k8s.io";

    /// <summary>Answers, or returns null for a request that is not such a question.</summary>
    public static Task? TryAnswer(HttpContext context, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return !HttpMethods.IsPost(context.Request.Method) ? null : parts switch
        {
            ["apis", Authorization, "v1", "selfsubjectaccessreviews"] => Send(context, Authorization, "SelfSubjectAccessReview",
                new JsonObject { ["allowed"] = true, ["reason"] = "the token of the Lab's kubeconfig has every right" }),
            ["apis", Authorization, "v1", "selfsubjectrulesreviews"] => Send(context, Authorization, "SelfSubjectRulesReview",
                new JsonObject
                {
                    ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = All(), ["apiGroups"] = All(), ["resources"] = All() }),
                    ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = All(), ["nonResourceURLs"] = All() }),
                    ["incomplete"] = false,
                }),
            ["apis", Authentication, "v1", "selfsubjectreviews"] => Send(context, Authentication, "SelfSubjectReview",
                new JsonObject
                {
                    ["userInfo"] = new JsonObject
                    {
                        ["username"] = "bookinfo-lab",
                        ["groups"] = new JsonArray("system:masters", "system:authenticated"),
                    },
                }),
            _ => null,
        };
    }

    private static JsonArray All() => ["*"];

    private static async Task Send(HttpContext context, string group, string kind, JsonObject status)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await Answers.SendAsync(context, new JsonObject
        {
            ["kind"] = kind,
            ["apiVersion"] = $"{group}/v1",
            ["metadata"] = new JsonObject(),
            ["spec"] = new JsonObject(),
            ["status"] = status,
        }, StatusCodes.Status201Created);
    }
}
