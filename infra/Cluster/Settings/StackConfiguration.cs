using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Bookinfo.Cluster.Settings;

/// <summary>
/// The values of a stack's configuration by full key, for example <c>canary:reviews</c>. Pulumi's own <c>Config</c> answers only for a key
/// that is known beforehand; the whole is needed to name a key that is not read, and to read the releases and weights of whichever
/// services there are.
/// </summary>
/// <param name="values">Values by full key. Lists and maps of a stack file arrive as JSON.</param>
public sealed class StackConfiguration(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Whether the stack's secrets are encrypted with a passphrase that is empty.</summary>
    public bool HasEmptyPassphrase { get; init; }

    /// <summary>The full keys that are set, in order.</summary>
    public IEnumerable<string> Keys => values.Keys.Order(StringComparer.Ordinal);

    /// <summary>The value of a full key, or null.</summary>
    /// <param name="key">For example <c>exposure:nodePort</c>.</param>
    public string? this[string key] => values.GetValueOrDefault(key);

    /// <summary>What <c>pulumi up</c> hands to the program: the variable that Pulumi's own <c>Config</c> reads.</summary>
    /// <param name="variable">The value of an environment variable: of <c>PULUMI_CONFIG</c>, a JSON object, and of those that name a
    /// passphrase.</param>
    public static StackConfiguration OfPulumi(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var json = variable("PULUMI_CONFIG");
        return new(string.IsNullOrEmpty(json) ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [])
        {
            HasEmptyPassphrase = variable("PULUMI_CONFIG_PASSPHRASE") is ""
                && string.IsNullOrEmpty(variable("PULUMI_CONFIG_PASSPHRASE_FILE")),
        };
    }

    /// <summary>A stack file with <c>key=value</c> assignments on top.</summary>
    /// <param name="stackFile">The path of a <c>Pulumi.NAME.yaml</c>, or null for none.</param>
    /// <param name="assignments">For example <c>canary:reviews=v1=90,v3=10</c>; the first equals sign ends the key.</param>
    /// <exception cref="SettingsException">An assignment without a key, or a stack file that cannot be read.</exception>
    public static StackConfiguration Of(string? stackFile, IEnumerable<string> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        var values = stackFile is null ? [] : ReadStackFile(stackFile);
        foreach (var assignment in assignments)
        {
            var (key, value) = assignment.Split('=', 2) is [var name, var text] && name.Contains(':', StringComparison.Ordinal)
                ? (name, text)
                : throw new SettingsException(
                    [$"{assignment} is not an assignment: write key=value with the whole key, for example exposure:nodePort=30080"]);
            values[key] = value;
        }

        return new StackConfiguration(values);
    }

    private static Dictionary<string, string> ReadStackFile(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var yaml = new YamlStream();
            using var text = File.OpenText(path);
            yaml.Load(text);
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }, ..] && root.Children.TryGetValue("config", out var config))
            {
                foreach (var (key, value) in (YamlMappingNode)config)
                {
                    values[((YamlScalarNode)key).Value!] = value is YamlScalarNode scalar ? scalar.Value ?? "" : Json(value);
                }
            }

            return values;
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or YamlDotNet.Core.YamlException or InvalidCastException)
        {
            throw new SettingsException([$"{path} is not a stack file that can be read: {error.Message}"]);
        }
    }

    private static string Json(YamlNode node) => node switch
    {
        YamlSequenceNode list => $"[{string.Join(",", list.Select(Json))}]",
        YamlMappingNode map => $"{{{string.Join(",", map.Select(pair => $"{Json(pair.Key)}:{Json(pair.Value)}"))}}}",
        _ => JsonSerializer.Serialize(((YamlScalarNode)node).Value),
    };
}
