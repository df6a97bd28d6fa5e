using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>Resources of one file of Istio's <c>pilot/pkg/config/kube/gateway/testdata</c>, and what istiod makes of them.</summary>
public sealed class TestdataCase
{
    private const string Folder = "GatewayApi/Testdata";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(NullNamingConvention.Instance)
        .WithEnforceRequiredMembers().Build();

    /// <summary>The file in istio/istio, as of commit 86c9f01f of August 2026.</summary>
    [YamlMember(Alias = "source")]
    public string Source { get; set; } = "";

    /// <summary>What of the file is left out, and why.</summary>
    [YamlMember(Alias = "without")]
    public List<string> Without { get; set; } = [];

    /// <summary>The resources.</summary>
    [YamlMember(Alias = "resources")]
    public string Resources { get; set; } = "";

    /// <summary>The Gateways and VirtualServices of the file's <c>.golden</c>.</summary>
    [YamlMember(Alias = "routes")]
    public string Routes { get; set; } = "";

    /// <summary>
    /// The conditions of the file's <c>.status.yaml.golden</c> by <c>Kind/namespace/name</c>: a line for each parent of a route, and for
    /// each listener of a Gateway or ListenerSet after that of its own conditions.
    /// </summary>
    [YamlMember(Alias = "status")]
    public Dictionary<string, List<string>> Status { get; set; } = [];

    /// <summary>The files, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, Folder), "*.yaml")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
    ];

    public static TestdataCase Read(string name) =>
        Yaml.Deserialize<TestdataCase>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Folder, $"{name}.yaml")));
}
