using System.CommandLine;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Resilience;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>
/// <c>resilience</c>: retry, circuit breaker and bulkhead in numbers, each in the mesh, in the application, in both and in neither.
/// </summary>
internal static class ResilienceCommand
{
    private static readonly Owner[] Owners = [Owner.None, Owner.Mesh, Owner.Application, Owner.Both];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("resilience", "Show retry, circuit breaker and bulkhead in numbers.");
        command.SetAction((_, stop) => RunAsync(output, error, stop));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken stop)
    {
        var screen = Screen.Create(output);
        await output.WriteLineAsync(
            "Reviews calls ratings, and a pod of ratings fails. The mesh's patterns are rules of infra/rules, the application's are "
            + "Polly's.");

        // The first Lab of a process waits for the JIT compiler, which no scenario should be blamed for.
        await new ScenarioRun(Scenario.All[0], Owner.None, error).RunAsync(stop);
        foreach (var scenario in Scenario.All)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"{scenario.Name}: {scenario.Story} ({scenario.Pattern})");
            var measurements = new List<Measurement>();
            foreach (var owner in Owners)
            {
                measurements.Add(await new ScenarioRun(scenario, owner, error).RunAsync(stop));
            }

            screen.Write(ResilienceTable.Create(measurements));
            await output.WriteLineAsync(scenario.Lesson);
        }

        return ExitCodes.Ok;
    }
}
