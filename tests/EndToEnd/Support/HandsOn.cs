using System.Text;
using System.Text.RegularExpressions;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd.Support;

/// <summary>
/// A page of the hands-on: blocks to type, in order, each with what one should see after it. The first one starts the Lab; those of the
/// language <c>sh</c> are for kind.
/// </summary>
internal sealed partial class HandsOn
{
    private const string Marker = "@@step ";

    private HandsOn(IReadOnlyList<HandsOnStep> steps) => Steps = steps;

    /// <summary>The blocks.</summary>
    public IReadOnlyList<HandsOnStep> Steps { get; }

    /// <summary>How the Lab is started.</summary>
    public IReadOnlyList<string> LabArguments
    {
        get
        {
            var words = Steps[0].Command.Split("-- ")[1].Split(' ', StringSplitOptions.TrimEntries);
            return [.. words.TakeWhile(word => word != "--kubeconfig")];
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="page">Its path from the root of the repository.</param>
    public static HandsOn Read(string page)
    {
        var steps = new List<HandsOnStep>();
        foreach (Match block in Block().Matches(File.ReadAllText(Repository.PathOf(page))))
        {
            var text = block.Groups["text"].Value.TrimEnd();
            switch (block.Groups["language"].Value)
            {
                case "":
                    steps.Add(new HandsOnStep(text, []));
                    break;
                case "text":
                    steps[^1] = steps[^1] with { Expected = text.Split('\n') };
                    break;
            }
        }

        return new HandsOn(steps);
    }

    /// <summary>Everything after the start of the Lab, for one shell.</summary>
    /// <param name="replacements">What is another here: ports and files.</param>
    public string ToScript(IReadOnlyDictionary<string, string> replacements)
    {
        var script = new StringBuilder("exec 2>&1\nexport no_proxy=127.0.0.1\n");
        for (var i = 1; i < Steps.Count; i++)
        {
            script.Append($"echo '{Marker}{i}'\n").Append(Replace(Steps[i].Command, replacements)).Append('\n');
        }

        return script.ToString();
    }

    /// <summary>What each block printed, by its number.</summary>
    /// <param name="output">What the shell printed.</param>
    public static IReadOnlyDictionary<int, string> Split(string output) => output.Split(Marker)[1..].ToDictionary(
        part => int.Parse(part.Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture),
        part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]);

    /// <summary>Puts this run's ports and files in place of the page's.</summary>
    public static string Replace(string text, IReadOnlyDictionary<string, string> replacements) =>
        replacements.Aggregate(text, (current, pair) => current.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}

/// <summary>A block to type.</summary>
/// <param name="Command">The block.</param>
/// <param name="Expected">
/// Lines that one should see in this order, others between them; spaces are as wide as they like, and <c>...</c> is anything.
/// </param>
internal sealed record HandsOnStep(string Command, IReadOnlyList<string> Expected)
{
    /// <summary>The first line that is not there; null where all are.</summary>
    /// <param name="output">What was printed.</param>
    public string? Missing(string output)
    {
        var lines = new Queue<string>(output.Split('\n'));
        foreach (var line in Expected)
        {
            var pattern = string.Join(".*", line.Split("...").Select(part =>
                string.Join(@"\s+", part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape))));
            var found = false;
            while (!found && lines.TryDequeue(out var next))
            {
                found = Regex.IsMatch(next, pattern, RegexOptions.None, TimeSpan.FromSeconds(5));
            }

            if (!found)
            {
                return line;
            }
        }

        return null;
    }
}
