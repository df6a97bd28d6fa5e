using Bookinfo.Mesh.Lab;

namespace Bookinfo.Tests.Lab.Commands;

/// <summary>A test of a command that reads files: a folder of its own, and what the command writes.</summary>
public abstract class CommandTest : IDisposable
{
    /// <summary>A folder that goes away after the test.</summary>
    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("bookinfo-command-");

    /// <summary>What was written to standard output.</summary>
    protected StringWriter Output { get; } = new();

    /// <summary>What was written to standard error.</summary>
    protected StringWriter Error { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The path of one of the demo's rules.</summary>
    /// <param name="name">The file's name without its ending.</param>
    protected static string Demo(string name) => Path.Combine(AppContext.BaseDirectory, "rules", $"{name}.yaml");

    /// <summary>Runs a command.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>Its exit code.</returns>
    protected Task<int> RunAsync(params string[] args) =>
        LabProgram.RunAsync(args, Output, Error, TestContext.Current.CancellationToken);

    /// <summary>Writes a file into the folder.</summary>
    /// <returns>Its path.</returns>
    protected string Write(string name, string text)
    {
        var file = Path.Combine(Folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
