using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>The rules with which a mesh starts.</summary>
internal static class StartingRules
{
    /// <summary>Reads them.</summary>
    /// <param name="paths">Files and folders; none for a mesh without rules of its own.</param>
    /// <param name="below">What stands beneath them.</param>
    /// <param name="services">What runs.</param>
    /// <param name="log">Where their errors and warnings are told.</param>
    /// <exception cref="UserErrorException">They cannot be read, or have errors.</exception>
    public static PreparedRules Prepare(IReadOnlyList<string> paths, RuleSet below, KnownServices services, TextWriter log)
    {
        if (paths.Count == 0)
        {
            return new PreparedRules(below, []);
        }

        var prepared = PreparedRules.Replacing(RulePlaces.Load(paths), below, services);
        return prepared.HasErrors ? throw Refused(prepared.Problems, log) : Told(prepared, log);
    }

    /// <summary>Tells why rules cannot be used, and makes the error that ends the start.</summary>
    /// <param name="problems">What is wrong with them.</param>
    /// <param name="log">Where to tell.</param>
    public static UserErrorException Refused(IReadOnlyList<Problem> problems, TextWriter log)
    {
        Tell(problems, log);
        return new UserErrorException("The rules have errors, so nothing was started.");
    }

    /// <summary>Writes what has to be mended; notes are for those who ask.</summary>
    /// <param name="problems">What was found in rules.</param>
    /// <param name="log">Where to write.</param>
    public static void Tell(IEnumerable<Problem> problems, TextWriter log)
    {
        foreach (var problem in problems.Where(problem => problem.Severity != Severity.Note))
        {
            log.WriteLine(problem.ToLine());
        }
    }

    private static PreparedRules Told(PreparedRules prepared, TextWriter log)
    {
        Tell(prepared.Problems, log);
        return prepared;
    }
}
