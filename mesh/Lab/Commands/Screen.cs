using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>Where tables are drawn.</summary>
internal static class Screen
{
    /// <summary>A terminal gets colours and moving bars; a file, a pipe or a CI log gets plain lines as wide as the widest table.</summary>
    /// <param name="output">Where to draw.</param>
    public static IAnsiConsole Create(TextWriter output)
    {
        var terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!terminal)
        {
            screen.Profile.Width = 140;
        }

        return screen;
    }
}
