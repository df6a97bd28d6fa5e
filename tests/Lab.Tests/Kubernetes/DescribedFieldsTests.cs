using System.Text.Json.Nodes;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.Rollouts.Reading;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>
/// What <c>kubectl explain</c> shows is what the readers of rules and Rollouts read: no field more, none that is refused.
/// </summary>
public sealed class DescribedFieldsTests
{
    [Theory]
    [InlineData("istio.yaml", "networking.istio.io/v1")]
    [InlineData("gateway-api.yaml", "gateway.networking.k8s.io/v1")]
    public void EachField_OfARule_IsRead(string file, string apiVersion) => Assert.Empty(PathsIn(file)
        .SelectMany(path => RuleReader.Read(Source(path, apiVersion)).Problems.Where(IsAboutTheField)
            .Select(problem => $"{path.Name}: {problem}")));

    [Fact]
    public void EachField_OfARollout_IsRead() => Assert.Empty(PathsIn("argo.yaml")
        .SelectMany(path => RolloutReader.Read(Source(path, "argoproj.io/v1alpha1")).Problems.Where(IsAboutTheField)
            .Select(problem => $"{path.Name}: {problem}")));

    [Theory]
    [InlineData("VirtualService", "spec.http.route.destination.subset")]
    [InlineData("DestinationRule", "spec.trafficPolicy.outlierDetection.consecutive5xxErrors")]
    public void Fields_ThatPeopleLookFor_AreThere(string kind, string field) =>
        Assert.Contains(PathsIn("istio.yaml"), path => path.Name == $"{kind}.{field}");

    private static bool IsAboutTheField(Problem problem) => problem.ToString().Contains("has no field", StringComparison.Ordinal)
        || problem.ToString().Contains("does not support this field", StringComparison.Ordinal);

    private static RuleSource Source((string Name, JsonNode Spec) path, string apiVersion) => new("field.yaml", $$"""
        {"apiVersion": "{{apiVersion}}", "kind": "{{path.Name.Split('.')[0]}}", "metadata": {"name": "x"},
         "spec": {{path.Spec.ToText()}} }
        """);

    /// <summary>A spec for each field, with nothing in it but the way to the field.</summary>
    private static IEnumerable<(string Name, JsonNode Spec)> PathsIn(string file)
    {
        var types = (JsonObject)YamlText.Read(File.ReadAllText(Repository.PathOf("mesh", "KubernetesApi", "Fields", file)))!;
        return types.Where(type => type.Value is JsonObject fields && fields.ContainsKey("spec"))
            .SelectMany(kind => Paths(types, TypeOf(kind.Value!["spec"]!), $"{kind.Key}.spec"));
    }

    private static IEnumerable<(string Name, JsonNode Spec)> Paths(JsonObject types, string type, string name)
    {
        var inner = type.Trim('[', ']', '{', '}');
        return types[inner] is not JsonObject fields ? [(name, Wrapped(type, Value(inner)))] : fields.SelectMany(field =>
            Paths(types, TypeOf(field.Value!), $"{name}.{field.Key}")
                .Select(path => (path.Name, Wrapped(type, new JsonObject { [field.Key] = path.Spec }))));
    }

    private static string TypeOf(JsonNode field) => field.GetValue<string>().Split(' ')[0];

    private static JsonNode Wrapped(string type, JsonNode value) => type[0] switch
    {
        '[' => new JsonArray(value),
        '{' => new JsonObject { ["key"] = value },
        _ => value,
    };

    private static JsonNode Value(string type) => type switch
    {
        "integer" or "number" => 1,
        "boolean" => true,
        "text" or "any" => "x",
        _ => new JsonObject(),
    };
}
