using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Changes recorded requests: lines repeated, dropped and exchanged, bytes replaced, hostile snippets put in.</summary>
public sealed class Http1Mutator(Random random)
{
    private const string MarkerPlace = "MARKER";
    private readonly Hostile _hostile = new(random);

    /// <summary>A recorded request with one to four changes, as the parts of an <see cref="Http1Attack"/>: its lines.</summary>
    public IEnumerable<string> Mutate(string recorded)
    {
        var lines = SplitLines(recorded.Replace(MarkerPlace, Marker.Next(random), StringComparison.Ordinal));
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(6))
            {
                case 0:
                    lines.Insert(random.Next(lines.Count + 1), lines[at]);
                    break;
                case 1 when lines.Count > 1:
                    lines.RemoveAt(at);
                    break;
                case 2:
                    var other = random.Next(lines.Count);
                    (lines[at], lines[other]) = (lines[other], lines[at]);
                    break;
                case 3 when lines[at].Length > 0:
                    var place = random.Next(lines[at].Length);
                    lines[at] = $"{lines[at][..place]}{(char)random.Next(256)}{lines[at][(place + 1)..]}";
                    break;
                case 4 when lines[at].Length > 1:
                    lines[at] = lines[at].Remove(random.Next(lines[at].Length - 1), 1);
                    break;
                default:
                    lines[at] = random.InsertInto(lines[at], _hostile.Snippet);
                    break;
            }
        }

        return lines;
    }

    private static List<string> SplitLines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..end]);
            at = end;
        }

        return lines;
    }
}
