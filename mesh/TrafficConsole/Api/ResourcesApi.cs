using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>One of the rules in force, for those who edit it.</summary>
/// <param name="Group"><c>networking.istio.io</c> or <c>gateway.networking.k8s.io</c>.</param>
/// <param name="Kind">Its kind, for example <c>VirtualService</c>.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsOfTheBase">Whether it belongs to the base beneath the rules, which is not changed here.</param>
/// <param name="Text">Its YAML as it was written, with comments, as long as that means what is in force.</param>
public sealed record ResourceView(string Group, string Kind, string Namespace, string Name, bool IsOfTheBase, string Text)
{
    internal static ResourceView From(Resource rule, PreparedRules rules, RuleStore store) => new(
        GroupOf(rule),
        rule.Kind,
        rule.Metadata.Namespace ?? store.Services.Namespace,
        rule.Name,
        rules.Beneath.Contains(rule.Subject),
        RuleTexts.Of(rule, store.Services.Namespace));

    internal static string GroupOf(Resource rule) =>
        rule is GatewayApiResource ? GatewayApiResource.Group : Resource.ApiVersion.Split('/')[0];
}

/// <summary>The rules in force one by one: listed with their texts, and taken out.</summary>
internal static class ResourcesApi
{
    public static void MapResourcesApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/resources", Get);
        app.MapDelete("/api/resources/{group}/{kind}/{namespace}/{name}", Delete);
    }

    private static Ok<List<ResourceView>> Get(RuleStore store)
    {
        var rules = store.InForce;
        return TypedResults.Ok(rules.Rules.Resources.Select(rule => ResourceView.From(rule, rules, store)).ToList());
    }

    /// <summary>What <c>kubectl delete</c> does. The base stays as it is.</summary>
    private static Results<NoContent, ProblemHttpResult> Delete(
        string group, string kind, string @namespace, string name, HttpRequest request, RuleStore store)
    {
        var rules = store.InForce;
        if (rules.Rules.Resources.FirstOrDefault(IsAsked) is not { } rule)
        {
            return TypedResults.Problem(
                $"There is no {kind} {name} in the namespace {@namespace}; GET /api/resources lists the rules in force.",
                statusCode: StatusCodes.Status404NotFound);
        }

        if (rules.Beneath.Contains(rule.Subject))
        {
            return TypedResults.Problem(
                $"{rule.Subject} belongs to the base beneath the rules and stays. Apply a {kind} of the same name to take its place.",
                statusCode: StatusCodes.Status409Conflict);
        }

        var left = store.Remove(IsAsked, Author.Of(request));
        return left.HasErrors ? Refusal.Of(left.Problems) : TypedResults.NoContent();

        bool IsAsked(Resource one) => ResourceView.GroupOf(one) == group && one.Kind == kind && one.Name == name
            && (one.Metadata.Namespace ?? store.Services.Namespace) == @namespace;
    }
}
