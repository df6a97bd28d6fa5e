using Bookinfo.Mesh.Analysis.Diffing;

namespace Bookinfo.Mesh.Analysis.Migration.Reports;

/// <summary>A migration for people at a terminal.</summary>
public static class MigrationText
{
    /// <summary>Writes it.</summary>
    /// <param name="result">The result of the migration.</param>
    /// <param name="output">Where to.</param>
    public static void Write(MigrationResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        var names = Names(result);
        output.WriteLine(names.Count == 0 ? "Nothing was written." : $"written: {string.Join(", ", names)}");
        foreach (var finding in result.Findings)
        {
            output.WriteLine(finding);
        }

        output.WriteLine();
        DiffText.Write(result.Proof, output);
    }

    /// <summary>What was written: <c>HTTPRoute/reviews</c>, <c>Service/reviews-v1</c>.</summary>
    /// <param name="result">The result of the migration.</param>
    public static IReadOnlyList<string> Names(MigrationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            .. result.Resources.Select(resource => resource.Subject),
            .. result.Services.Select(service => $"Service/{service.Name}"),
        ];
    }
}
