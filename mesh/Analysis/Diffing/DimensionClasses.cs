using Bookinfo.Mesh.Analysis.Automata;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>What a request can have in one dimension, cut into classes that no condition of the rules tells apart.</summary>
internal sealed class DimensionClasses
{
    private readonly Dictionary<Condition, bool[]> _holds = [];

    private DimensionClasses(IReadOnlyList<DimensionClass> classes) => Classes = classes;

    public IReadOnlyList<DimensionClass> Classes { get; }

    /// <summary>Cuts a dimension.</summary>
    /// <param name="partitions">Cuts texts.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="language">The texts that count, as an RE2 expression.</param>
    /// <param name="conditions">The conditions about it.</param>
    /// <param name="others">Further expressions whose texts are told apart.</param>
    /// <param name="counts">Whether a text counts, where the language alone does not tell.</param>
    /// <exception cref="UndecidableException">It cannot be cut.</exception>
    public static DimensionClasses Of(TextPartitions partitions, Dimension dimension, string language,
        IReadOnlyList<Condition> conditions, IReadOnlyList<string> others, Func<string, bool> counts)
    {
        List<TextPattern> patterns = [.. conditions.Select(condition => condition.Pattern).OfType<TextPattern>().Distinct(),
            .. others.Select(expression => new TextPattern(TextPatternKind.Regex, expression, IgnoresCase: false))];
        var texts = partitions.Of(language, patterns).Classes.Where(text => counts(text.Example)).ToList();
        var classes = new DimensionClasses(
        [
            .. dimension.MayBeAbsent ? [new DimensionClass(null, null)] : Array.Empty<DimensionClass>(),
            .. texts.Select(text => new DimensionClass(text.Example, text.Other)),
        ]);
        var absent = dimension.MayBeAbsent ? 1 : 0;
        foreach (var condition in conditions)
        {
            var pattern = condition.Pattern is null ? -1 : patterns.IndexOf(condition.Pattern);
            var holds = new bool[classes.Classes.Count];
            for (var i = 0; i < texts.Count; i++)
            {
                holds[i + absent] = (pattern < 0 || texts[i].Matches(pattern)) != condition.IsInverted;
            }

            if (absent == 1)
            {
                holds[0] = HoldsForAbsent(condition);
            }

            classes._holds[condition] = holds;
        }

        return classes;
    }

    public bool Holds(Condition condition, int classIndex) => _holds[condition][classIndex];

    /// <summary>An absent header passes for an empty one where the opposite of a text is asked.</summary>
    private static bool HoldsForAbsent(Condition condition) => condition switch
    {
        { IsInverted: false } => false,
        { Pattern: null } => true,
        { Pattern: { Kind: TextPatternKind.Regex } regex } => !Istio.Expressions.Re2.WholeText(regex.Text).IsMatch(""),
        { Pattern: var text } => text.Text.Length > 0,
    };
}

/// <summary>A class of what a request can have in a dimension.</summary>
/// <param name="Example">The shortest text; null for nothing at all.</param>
/// <param name="Other">Another text; null where none is known.</param>
internal sealed record DimensionClass(string? Example, string? Other);
