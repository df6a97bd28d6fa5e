using System.CommandLine;
using Bookinfo.Cluster.Settings;

namespace Bookinfo.Cluster.Rendering;

/// <summary><c>render</c>: what would be deployed, as plain manifests in a folder; to look at, or for GitOps.</summary>
internal static class RenderCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var output = new Option<DirectoryInfo>("--output", "-o")
        {
            Description = "the folder that gets one file for each manifest",
            Required = true,
        };
        var stack = new Option<string>("--stack", "-s") { Description = "a stack's name (Pulumi.NAME.yaml) or the path of its file" };
        var config = new Option<string[]>("--config", "-c")
        {
            Description = "a value of the configuration on top, as key=value; as often as needed",
        };
        var render = new Command("render", "Writes the manifests that the stack would deploy, without a cluster.")
        {
            output,
            stack,
            config,
        };
        render.SetAction((parsed, _) =>
            RenderAsync(parsed.GetRequiredValue(output), parsed.GetValue(stack), parsed.GetValue(config) ?? []));
        var root = new RootCommand("Bookinfo on a cluster. Pulumi starts this program itself (pulumi up); by hand it renders.") { render };
        return root.Parse(args).InvokeAsync();
    }

    private static async Task<int> RenderAsync(DirectoryInfo output, string? stack, string[] assignments)
    {
        try
        {
            var rendering = await Renderer.RenderAsync(StackConfiguration.Of(stack is null ? null : StackFile(stack), assignments));
            var files = new ManifestFolder(output).Write(rendering.Resources);
            Report(output, rendering, files);
            return 0;
        }
        catch (SettingsException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{output.FullName} cannot be written: {problem.Message}");
            return 1;
        }
    }

    private static void Report(DirectoryInfo output, Rendering rendering, IReadOnlyList<WrittenFile> files)
    {
        Console.WriteLine(
            $"{files.Count} manifests in {output.FullName}; kubectl apply --server-side -f takes them in the order of their names.");
        foreach (var kept in files.Where(file => file.Kept))
        {
            Console.WriteLine($"kept {kept.Name}: its secret was made up by an earlier rendering and may be in use");
        }

        if (files.Any(file => file.IsSecret && !file.Kept))
        {
            Console.WriteLine("The Secrets hold what was just made up, in clear: seal them before they go into a repository.");
        }

        foreach (var release in rendering.Resources.Where(resource => resource.IsHelmRelease))
        {
            Console.WriteLine(
                $"not among them: the Helm release {release.Name} (chart {release.Inputs["chart"]}, version {release.Inputs["version"]}), "
                + "which pulumi up installs");
        }
    }

    private static string StackFile(string stack) =>
        File.Exists(stack) ? stack : Path.Combine(AppContext.BaseDirectory, $"Pulumi.{stack}.yaml");
}
