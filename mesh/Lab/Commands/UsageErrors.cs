using System.CommandLine;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>Says what is wrong with a command line, in one sentence.</summary>
internal static class UsageErrors
{
    /// <summary>The first error, with what was probably meant and where the help is.</summary>
    /// <param name="parsed">A command line with errors.</param>
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = command is RootCommand ? "--help" : $"{command.Name} --help";
        var message = parsed.UnmatchedTokens.Count > 0 ? DescribeUnmatched(parsed.UnmatchedTokens[0], command)
            : $"{parsed.Errors[0].Message.TrimEnd('.')}.";
        return $"{message} See {help}.";
    }

    private static string DescribeUnmatched(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        IEnumerable<string> names = isOption
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name))
                .Where(name => name.StartsWith("--", StringComparison.Ordinal))
            : command.Subcommands.Select(sub => sub.Name);
        var owner = command is RootCommand ? "the Lab" : command.Name;
        var message = isOption ? $"{token}: {owner} has no such option."
            : command is RootCommand ? $"{token}: there is no such command."
            : $"{token}: {owner} does not take this argument.";
        return message + SharedOptions.Hint(token, names);
    }
}
