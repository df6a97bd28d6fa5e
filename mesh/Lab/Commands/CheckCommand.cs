using System.CommandLine;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>check PATH...</c>: reads rules without starting anything and says what is wrong with them, for people and for CI.</summary>
internal static class CheckCommand
{
    public static Command Create(TextWriter output)
    {
        var paths = new Argument<string[]>("PATH") { Description = "files and folders of rules", Arity = ArgumentArity.OneOrMore };
        var hosts = new Option<string[]>("--host") { Description = "a service that the rules may name beside the sample's own; repeatable", HelpName = "NAME" };
        var noBase = SharedOptions.NoBase();
        var command = new Command("check", "Read rules without starting anything and say what is wrong with them; exit code 0, or 1 where something is.") { paths, hosts, noBase };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(paths), parsed.GetValue(hosts) ?? [], !parsed.GetValue(noBase), output));
        return command;
    }

    private static int Run(string[] paths, string[] hosts, bool withBase, TextWriter output)
    {
        var sources = RulePlaces.Load(paths);
        var below = withBase ? RulePlaces.Base() : RuleSet.Empty;
        var prepared = PreparedRules.Replacing(sources, below, BookinfoSystem.Topology.ToKnownServices(hosts));
        if (!prepared.HasErrors)
        {
            prepared = prepared with { Problems = [.. DryRun.FindUnsupported(prepared.Rules, BookinfoSystem.Topology, hosts), .. prepared.Problems] };
        }

        foreach (var problem in prepared.Problems)
        {
            output.WriteLine(problem.Severity == Severity.Note ? problem with { Message = $"note: {problem.Message}" } : problem);
        }

        output.WriteLine(Summary(sources.Count, prepared));
        return prepared.Problems.Any(problem => problem.Severity != Severity.Note) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static string Summary(int files, PreparedRules prepared)
    {
        var found = new[] { (Severity.Error, "error"), (Severity.Warning, "warning"), (Severity.Note, "note") }
            .Select(kind => (Count: prepared.Problems.Count(problem => problem.Severity == kind.Item1), Name: kind.Item2))
            .Where(kind => kind.Count > 0)
            .Select(kind => Plural(kind.Count, kind.Name));
        var sum = string.Join(", ", found);
        var beneath = prepared.Beneath.Count > 0 ? ", with the demo's base beneath (--no-base leaves it out)" : "";
        return $"{Plural(files, "file")}{beneath}: {(sum.Length > 0 ? sum : "no problems")}";
    }

    private static string Plural(int count, string name) => count == 1 ? $"1 {name}" : $"{count} {name}s";
}
