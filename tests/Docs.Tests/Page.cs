using System.Text.RegularExpressions;
using Bookinfo.Tests.Support;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Bookinfo.Tests.Docs;

/// <summary>One Markdown page of the repository, parsed as GitHub parses it.</summary>
internal sealed partial class Page
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "TestResults"];

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePreciseSourceLocation().Build();

    private readonly MarkdownDocument _document;

    private Page(string path, string text)
    {
        Path = path;
        Lines = text.Split('\n');
        _document = Markdown.Parse(text, Pipeline);
    }

    /// <summary>Every page of the repository, by its path from the root.</summary>
    public static IReadOnlyDictionary<string, Page> All { get; } = Find(new DirectoryInfo(Repository.Root)).ToDictionary(page => page.Path);

    /// <summary>The path from the repository's root, with forward slashes.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    /// <summary>What a link can name behind its <c>#</c>.</summary>
    public IEnumerable<string> Anchors => _document.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id ?? "");

    /// <summary>The targets of links and images, those of HTML tags included.</summary>
    public IEnumerable<string> Targets =>
    [
        .. _document.Descendants<LinkInline>().Select(link => link.Url ?? ""),
        .. _document.Descendants<HtmlBlock>().SelectMany(block => InHtml(block.Lines.ToString())),
        .. _document.Descendants<HtmlInline>().SelectMany(tag => InHtml(tag.Tag)),
    ];

    /// <summary>What stands in code: each span, and each word of a block.</summary>
    public IEnumerable<string> Code =>
    [
        .. _document.Descendants<CodeInline>().Select(span => span.Content),
        .. _document.Descendants<CodeBlock>()
            .SelectMany(block => block.Lines.ToString().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
    ];

    /// <summary>The numbers, from 0, of the lines that cannot be wrapped: tables, code, HTML.</summary>
    public IReadOnlySet<int> FixedLines =>
        _document.Descendants().Where(block => block is Table or CodeBlock or HtmlBlock).Cast<Block>()
            .SelectMany(block => Enumerable.Range(block.Line, LineOf(block.Span.End) - block.Line + 1)).ToHashSet();

    private static IEnumerable<Page> Find(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*.md"))
        {
            yield return new Page(System.IO.Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'),
                File.ReadAllText(file.FullName));
        }

        foreach (var page in folder.EnumerateDirectories().Where(IsOurs).SelectMany(Find))
        {
            yield return page;
        }
    }

    private static bool IsOurs(DirectoryInfo folder) =>
        folder.Name == ".github" || (!folder.Name.StartsWith('.') && !NotOurs.Contains(folder.Name));

    private static IEnumerable<string> InHtml(string html) => HtmlTarget().Matches(html).Select(match => match.Groups[1].Value);

    private int LineOf(int position)
    {
        var line = 0;
        for (var at = Lines[0].Length + 1; at <= position && line < Lines.Length - 1; at += Lines[line].Length + 1)
        {
            line++;
        }

        return line;
    }

    [GeneratedRegex("""(?:src|href|srcset)="([^"]+)["]""")]
    private static partial Regex HtmlTarget();
}
