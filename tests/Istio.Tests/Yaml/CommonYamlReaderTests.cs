using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Istio.Yaml;
using Bookinfo.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Istio.Yaml;

/// <summary>
/// The reader of common YAML against the library: where it reads a text, it reads what the library reads, places included.
/// </summary>
public sealed class CommonYamlReaderTests
{
    private const string Pieces = "abzA019 :,-[]{}#'\"\\/._*&!|>%@`?<~=+()^$\n\t\r~é\u2028";

    private static readonly string[] Folders = ["infra", "tests", "mesh", "docs"];

    [Theory]
    [InlineData("a: 1\nb:\n  c: text with blanks # a comment\n  d: [x, {y: 'it''s', \"z\": \"q\\\"\\\\\\n\"}]\n")]
    [InlineData("# a comment\n---\n- a: 1\n  b: 2\n-\n  c:\n  - d\n  - e: f\n\n- g\n")]
    [InlineData("a:\n- b\n- c\nd:\ne: {}\nf: []\n")]
    [InlineData("""{"a":"b","c":{"d":[1,true,null]},"e":"\/x"}""")]
    [InlineData("a: { b: c,\n  d: [ e,\n f ] }\n")]
    [InlineData("a: /api/v[0-9]+(/.*)?\nb: 10.0.0.1:80\nc: -1\nd: .5\ne: 1m30s\nf: yes\ng: ~\n")]
    [InlineData("--- # rules\na : b\n\"c\" : d\n'e': \"\"\n")]
    [InlineData("a: b\n...c: d\n")]
    public void Read_CommonYaml_IsReadAsByTheLibrary(string text) => Assert.Equal(ByLibrary(text), ByCommonReader(text));

    [Theory]
    [InlineData("a: b\n c\n")]
    [InlineData("a: &x b\n")]
    [InlineData("a: |\n  b\n")]
    [InlineData("<<: {a: b}\n")]
    [InlineData("a: b\na: c\n")]
    [InlineData("a: b\n---\nc: d\n")]
    [InlineData("a:\tb\n")]
    [InlineData("a: b\r\nc: d\r\n")]
    [InlineData("a: [b,]\n")]
    [InlineData("a: {b}\n")]
    [InlineData("a: b: c\n")]
    [InlineData("- a\nb: c\n")]
    [InlineData("text\n")]
    [InlineData("# nothing\n")]
    [InlineData("a: \"b\n  c\"\n")]
    [InlineData("a: é\n")]
    [InlineData("a: b\n...\n")]
    public void Read_MoreThanThat_IsLeftToTheLibrary(string text) => Assert.Null(ByCommonReader(text));

    [Fact]
    public void Read_EveryFileOfTheRepository_IsReadAsByTheLibrary()
    {
        var files = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.yaml", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var (read, left) = (0, 0);
        foreach (var document in files.SelectMany(file => YamlDocuments.Split(File.ReadAllText(file))))
        {
            if (ByCommonReader(document.Text) is { } outcome)
            {
                Assert.Equal(ByLibrary(document.Text), outcome);
                read++;
            }
            else
            {
                left++;
            }
        }

        Assert.True(read > left, $"{read} documents were read, {left} left to the library");
    }

    [Fact]
    public void Read_RandomTexts_AreReadAsByTheLibraryOrLeftToIt()
    {
        var read = 0;
        Prop.ForAll(Texts().ToArbitrary(), text =>
        {
            if (ByCommonReader(text) is { } outcome)
            {
                read++;
                Assert.Equal(ByLibrary(text), outcome);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(11, 13));
        Assert.True(read > 1_500, $"only {read} texts were read");
    }

    /// <summary>Documents as people write them, every third one changed in up to three places.</summary>
    private static Gen<string> Texts()
    {
        var change = from at in Gen.Choose(0, 400)
                     from piece in Gen.Elements(Pieces.ToCharArray())
                     from isInsertion in Gen.Elements(true, false)
                     select (at, piece, isInsertion);
        return from begin in Gen.Elements("", "", "---\n", "# first\n", "--- # x\n")
               from lines in Block(3)
               from last in Gen.Elements("\n", "", "\n\n  \n")
               from changes in change.ListOf()
               from isChanged in Gen.Elements(true, false, false)
               select Changed(begin + string.Join('\n', lines) + last, isChanged ? changes.Take(3) : []);
    }

    /// <summary>The lines of a mapping or a list.</summary>
    private static Gen<IReadOnlyList<string>> Block(int depth)
    {
        var value = depth == 0 ? Line() : Gen.OneOf(Line(), Line(), Inner(depth));
        var mapping = from values in Gen.ListOf(value, 3)
                      select (IReadOnlyList<string>)[.. values.SelectMany((lines, i) => Headed($"{"abc"[i]}: ", lines))];
        var quoted = from values in Gen.ListOf(value, 2)
                     select (IReadOnlyList<string>)[.. values.SelectMany((lines, i) => Headed(i == 0 ? "\"d e\": " : "'f' : ", lines))];
        var list = from items in Gen.ListOf(depth == 0 ? Line() : Gen.OneOf(Line(), Block(depth - 1)), 2)
                   select (IReadOnlyList<string>)
                       [.. items.SelectMany(lines => (string[])[$"- {lines[0]}", .. Indented(lines.Skip(1), 2)])];
        return Gen.OneOf(mapping, mapping, quoted, list);
    }

    private static Gen<IReadOnlyList<string>> Line() =>
        from scalar in Gen.Elements("a", "/path-1", "1s", "true", "\"x y\"", "'it''s'", "two words", "", "~", "-1", "a:b", "\"\\\\d\"",
            "{ exact: a }", "[a, b]", "[]", "{}", "{a: {b: [c, 'd']}}", "[{a: b}, {\"c\":d}]", "{a: b,\n        c: d}", "a b:c", "\"\"")
        from end in Gen.Elements("", "", "", " ", " # said")
        select (IReadOnlyList<string>)[scalar + end];

    /// <summary>A block below a key, further to the right or, where it is a list, perhaps not.</summary>
    private static Gen<IReadOnlyList<string>> Inner(int depth) =>
        from lines in Block(depth - 1)
        from indent in Gen.Elements(2, 2, 1, 4, 0)
        select (IReadOnlyList<string>)["", .. Indented(lines, lines[0].StartsWith('-') ? indent : Math.Max(indent, 1))];

    private static IEnumerable<string> Headed(string key, IReadOnlyList<string> lines) =>
        [(key + lines[0]).TrimEnd(), .. lines.Skip(1)];

    private static IEnumerable<string> Indented(IEnumerable<string> lines, int by) =>
        lines.Select(line => line.Length == 0 ? line : new string(' ', by) + line);

    private static string Changed(string text, IEnumerable<(int At, char Piece, bool IsInsertion)> changes) => changes.Aggregate(text,
        (changed, change) => changed.Length == 0 ? changed
            : change.IsInsertion ? changed.Insert(change.At % changed.Length, change.Piece.ToString())
            : changed.Remove(change.At % changed.Length, 1));

    private static string? ByCommonReader(string text) =>
        CommonYamlReader.Read(text, 3, new TextPool(), out var values) is { } root ? $"{values}: {Describe(root)}" : null;

    private static string ByLibrary(string text)
    {
        try
        {
            var reader = new YamlReader(text, 3);
            var roots = new List<YamlNode>();
            while (reader.NextOfParser() is { } root)
            {
                roots.Add(root);
            }

            return $"{reader.Values}: {string.Join(" | ", roots.Select(Describe))}";
        }
        catch (YamlFormatException e)
        {
            return e.Message;
        }
    }

    private static string Describe(YamlNode node)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{node.Place.Line}:{node.Place.Column}/{node.Size} ");
        return node switch
        {
            YamlMapping mapping => text.Append('{').AppendJoin(", ",
                mapping.Entries.Select(entry => $"{Describe(entry.Key)} = {Describe(entry.Value)}")).Append('}').ToString(),
            YamlSequence list => text.Append('[').AppendJoin(", ", list.Items.Select(Describe)).Append(']').ToString(),
            YamlScalar scalar => text.Append(CultureInfo.InvariantCulture, $"{scalar.Kind} \"{scalar.Value}\"").ToString(),
            _ => throw new InvalidOperationException(),
        };
    }
}
