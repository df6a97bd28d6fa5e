using System.Text.Json.Nodes;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Reading;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Rollouts and AnalysisTemplates as the text that <see cref="RolloutReader"/> reads.</summary>
internal static class RolloutTexts
{
    /// <summary>Reads an object without what only the API server needs, and refuses it where it cannot be run.</summary>
    /// <param name="resource">The object.</param>
    /// <exception cref="ApiException">400: the path and what would be right.</exception>
    public static void Require(JsonObject resource)
    {
        var reading = RolloutReader.Read(Of(resource));
        var errors = reading.Problems.Where(problem => problem.IsRefusal).Concat(reading.Rollouts.SelectMany(MeshRequirements.Check))
            .Select(Words).ToList();
        if (errors.Count > 0)
        {
            throw ApiException.BadRequest($"admission webhook \"rollouts.argoproj.io\" denied the request: {string.Join("; ", errors)}");
        }
    }

    /// <summary>A Rollout and every template that it may name.</summary>
    /// <param name="store">Where the templates are.</param>
    /// <param name="rollout">The Rollout.</param>
    public static RolloutReading Read(ObjectStore store, JsonObject rollout)
    {
        var templates = store.All(ArgoKinds.AnalysisTemplate).Where(found => found.Content.Namespace() == rollout.Namespace())
            .Concat(store.All(ArgoKinds.ClusterAnalysisTemplate)).Select(found => Of(found.Content));
        return RolloutReader.Read(rollout.Namespace(), [Of(rollout), .. templates]);
    }

    /// <summary>A problem without a line, which would be that of the request's JSON.</summary>
    public static string Words(Problem problem) => (problem with { File = "", Line = 0, Column = 0 }).ToString();

    private static RuleSource Of(JsonObject resource)
    {
        var text = resource.Copy();
        text.Remove("status");
        (text["spec"] as JsonObject)?.Remove("paused");
        var metadata = text.Metadata();
        metadata.Remove("managedFields");
        metadata.Remove("annotations");
        return new RuleSource("", text.ToText());
    }
}
