using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Lab.Checking;

/// <summary>
/// A check's result as lines, in the form of compilers: <c>file:line:column: severity: path: message (suggestion) [code]</c>.
/// </summary>
internal static class CheckText
{
    public static void Write(CheckResult result, TextWriter output)
    {
        foreach (var problem in result.Problems)
        {
            output.WriteLine(problem.ToLine());
        }

        output.WriteLine(Summary(result));
    }

    private static string Summary(CheckResult result)
    {
        var found = new[] { (Severity.Error, "error"), (Severity.Warning, "warning"), (Severity.Note, "note") }
            .Select(kind => (Count: result.Count(kind.Item1), Name: kind.Item2))
            .Where(kind => kind.Count > 0)
            .Select(kind => Plural(kind.Count, kind.Name));
        var sum = string.Join(", ", found);
        var beneath = result.HasBase ? ", with the demo's base beneath (--no-base leaves it out)" : "";
        return $"{Plural(result.Files, "file")}{beneath}: {(sum.Length > 0 ? sum : "no problems")}";
    }

    private static string Plural(int count, string name) => count == 1 ? $"1 {name}" : $"{count} {name}s";
}
