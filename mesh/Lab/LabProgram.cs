using System.CommandLine;
using Bookinfo.Mesh.Lab.Commands;
using Bookinfo.Mesh.Lab.Errors;
using Microsoft.AspNetCore.Connections;

namespace Bookinfo.Mesh.Lab;

/// <summary>The Lab's command line.</summary>
public static class LabProgram
{
    /// <summary>Runs a command to its end. An error that a person can mend is one sentence on <paramref name="error"/>.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="stop">Ends a command that would run on.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var root = LabCommand.Create(output, error);
        root.Add(CheckCommand.Create(output));
        root.Add(TestCommand.Create(output, error));
        root.Add(DiffCommand.Create(output, error));
        root.Add(MigrateCommand.Create(output, error));
        root.Add(CanaryCommand.Create(output, error));
        root.Add(ResilienceCommand.Create(output, error));
        root.Add(LayersCommand.Create(output, error));
        root.Add(ExplainCommand.Create(output, error));
        root.Add(MeshCommand.Create(output, error));
        CommandHelp.AddTo(root);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(UsageErrors.Describe(parsed));
            return ExitCodes.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, stop);
        }
        catch (UserErrorException e)
        {
            await error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            // Kestrel's message names the address.
            await error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
    }
}
