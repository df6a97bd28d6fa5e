using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>The rules in force, kept in a file, so that a mesh that restarts takes them up again.</summary>
/// <param name="path">The file. It need not exist yet.</param>
/// <param name="services">What runs, for the analysis.</param>
/// <param name="log">Where it is told that the file cannot be read or written.</param>
internal sealed class KeptRules(string path, KnownServices services, TextWriter log)
{
    /// <summary>Reads the rules that were kept.</summary>
    /// <returns>The rules; null where none were kept or they cannot be used.</returns>
    public PreparedRules? Load()
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var prepared = PreparedRules.Replacing([new RuleSource(path, File.ReadAllText(path))], RuleSet.Empty, services);
            if (!prepared.HasErrors)
            {
                return prepared;
            }

            StartingRules.Tell(prepared.Problems, log);
            log.WriteLine($"The rules kept in {path} have errors. The mesh starts with the rules of its configuration.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.WriteLine($"The rules kept in {path} cannot be read: {e.Message} The mesh starts with the rules of its configuration.");
        }

        return null;
    }

    /// <summary>
    /// Keeps rules in place of those that were kept. The file has the old rules or the new ones, whenever the process ends.
    /// </summary>
    /// <param name="rules">The rules in force.</param>
    public void Save(RuleSet rules)
    {
        try
        {
            var next = $"{path}.new";
            File.WriteAllText(next, RuleWriter.Write(rules));
            File.Move(next, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.WriteLine($"The rules are in force, but cannot be kept in {path}: {e.Message}");
        }
    }
}
