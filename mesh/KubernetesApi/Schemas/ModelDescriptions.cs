using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;

namespace Bookinfo.Mesh.KubernetesApi.Schemas;

/// <summary>
/// What the fields of Kubernetes' own types are for: the documentation of KubernetesClient's models, which is that of Kubernetes' API. It
/// is packed into this assembly when it is built, and read when somebody first asks for a schema.
/// </summary>
internal static partial class ModelDescriptions
{
    private const string Resource = "descriptions.zip";
    private const string Prefix = "k8s.Models.";

    private static readonly Lazy<Dictionary<string, string>> Known = new(Read);

    /// <summary>What a type is for; empty where nothing is known.</summary>
    /// <param name="model">For example <c>V1Pod</c>.</param>
    public static string Of(Type model) => Known.Value.GetValueOrDefault($"T:{Prefix}{model.Name}", "");

    /// <summary>What a property is for; empty where nothing is known.</summary>
    /// <param name="model">The type that has it.</param>
    /// <param name="property">The property's name in C#.</param>
    public static string Of(Type model, string property) => Known.Value.GetValueOrDefault($"P:{Prefix}{model.Name}.{property}", "");

    private static Dictionary<string, string> Read()
    {
        var descriptions = new Dictionary<string, string>(StringComparer.Ordinal);
        using var packed = typeof(ModelDescriptions).Assembly.GetManifestResourceStream(Resource);
        if (packed is null)
        {
            // Some builds restore packages without their documentation (NUGET_XMLDOC_MODE=skip).
            return descriptions;
        }

        using var archive = new ZipArchive(packed);
        using var file = archive.Entries[0].Open();
        using var xml = XmlReader.Create(file);
        while (xml.ReadToFollowing("member"))
        {
            var name = xml.GetAttribute("name") ?? "";
            if (IsOfAModel(name) && xml.ReadToDescendant("summary"))
            {
                descriptions[name] = Spaces().Replace(xml.ReadElementContentAsString().Trim(), " ");
            }
        }

        return descriptions;
    }

    private static bool IsOfAModel(string name) => name.Length > 2 && name[0] is 'T' or 'P'
        && name.AsSpan(2).StartsWith(Prefix, StringComparison.Ordinal);

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
