using Bookinfo.Cluster.Settings;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Cluster.Traffic;

/// <summary>The demo's rules, which travel with the program, and whatever rule files a stack names besides.</summary>
internal static class RuleFolder
{
    private static readonly string[] Base = ["gateway.yaml", "destination-rules.yaml", "all-v1.yaml"];

    /// <summary>The rules that stand before any lesson begins, with those on top that the stack asks for.</summary>
    /// <exception cref="SettingsException">A file is not there or holds what istiod would refuse.</exception>
    public static RuleReading Read(MeshSettings mesh)
    {
        try
        {
            var reading = RuleReader.Read(RuleFiles.Load(Base.Concat(mesh.Rules).Select(Find)));
            return reading.HasErrors
                ? throw new SettingsException(
                    [.. reading.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => $"mesh:rules: {problem}")])
                : reading;
        }
        catch (RuleFileException error)
        {
            throw new SettingsException([$"mesh:rules: {error.Message}"]);
        }
    }

    // A bare name means the demo's own rule; anything else is a path from where the program was started.
    private static string Find(string name)
    {
        var own = Path.Combine(AppContext.BaseDirectory, "rules", name);
        return Path.GetFileName(name) == name && File.Exists(own) ? own : name;
    }
}
