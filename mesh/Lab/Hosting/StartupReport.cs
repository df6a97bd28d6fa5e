using System.Globalization;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Lab.Rules;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>What a Lab prints once it is up: what runs where, which URLs to open, what to try next.</summary>
internal static class StartupReport
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="lab">What runs.</param>
    /// <param name="took">How long it took from the start of the process.</param>
    public static void Write(TextWriter output, LabOptions options, LabHost lab, TimeSpan took)
    {
        var page = $"{ListenAddress.ToUrl(lab.Mesh.Gateway!)}/productpage";
        var console = ListenAddress.ToUrl(lab.Mesh.Console!);
        var bearer = lab.Mesh.ConsoleToken is { } token ? $"-H 'Authorization: Bearer {token}' " : "";
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine(lab.IsEmpty ? $"The Lab is up and empty: a mesh without pods, in {took.TotalSeconds:0.0} s."
            : $"Bookinfo is up: {lab.Pods.Count} pods and the mesh between them, in {took.TotalSeconds:0.0} s.");
        text.WriteLine();
        if (!lab.IsEmpty)
        {
            WritePods(text, lab);
            text.WriteLine();
        }

        text.WriteLine($"  Page     {page}");
        text.WriteLine($"  Console  {ConsoleLink.Of(lab.Mesh.Console!, lab.Mesh.ConsoleToken)}");
        text.WriteLine($"  Rules    {Rules(options, lab)}");
        text.WriteLine();
        if (lab.Mesh.ConsoleToken is not null)
        {
            text.WriteLine(
                $"The console listens on {lab.Mesh.Console!.Address}, which other machines can reach. So it asks for the token in its");
            text.WriteLine("link. On another machine, open the link with this machine's address in place of 127.0.0.1.");
            text.WriteLine();
        }

        text.WriteLine("Try next:");
        WriteNext(text, options, bearer, console, lab);
        text.WriteLine();
        text.WriteLine("Ctrl+C ends it.");
        output.Write(text.ToString());
        output.Flush();
    }

    private static void WriteNext(StringWriter text, LabOptions options, string bearer, string console, LabHost lab)
    {
        if (lab.IsEmpty)
        {
            // The manifests name their namespace, and in a Lab of another one their services do not find each other.
            var isManifests = options.Namespace == LabOptions.EmptyNamespace;
            text.WriteLine("  Set KUBECONFIG as shown below. Then "
                + (isManifests ? "bring the whole system, as on a cluster:" : "make the namespace of the services:"));
            text.WriteLine(
                isManifests ? "    kubectl apply -f infra/manifests/kind-istio" : $"    kubectl create namespace {options.Namespace}");
            return;
        }

        text.WriteLine(options.RulePaths.Count > 0
            ? "  Open the page, reload it, and see who served it. Then nine pages in ten from v1, one from v2 with black stars:"
            : "  Open the page, reload it: all reviews come from v1 and have no stars. Then nine pages in ten from v1, one from v2 with "
                + "black stars:");
        text.WriteLine($"    curl -X PATCH {bearer}--data-binary @{RuleFile("reviews-90-10.yaml")} {console}/api/rules");
        text.WriteLine("  Sign in as jason (any password), and give the new release only to him:");
        text.WriteLine($"    curl -X PATCH {bearer}--data-binary @{RuleFile("reviews-jason-v2.yaml")} {console}/api/rules");
        text.WriteLine("  Then slow ratings down for jason, and see what breaks:");
        text.WriteLine($"    curl -X PATCH {bearer}--data-binary @{RuleFile("ratings-delay.yaml")} {console}/api/rules");
        text.WriteLine("  Ask why a request goes where it goes:");
        text.WriteLine(
            $"    {Program} explain GET http://reviews:9080/reviews/0 -H 'end-user: jason' --from "
            + $"productpage{ConsoleOption(lab)}");
        text.WriteLine();
        text.WriteLine("  Go back to the rules of the start:");
        text.WriteLine($"    curl -X POST {bearer}{console}/api/reset");
    }

    // What can be typed here: in the repository it is built and run, elsewhere it is the tool that was installed.
    private static string Program =>
        File.Exists(Path.Combine("mesh", "Lab", "Lab.csproj")) ? "dotnet run --project mesh/Lab --" : "bookinfo";

    private static string RuleFile(string name) =>
        File.Exists(Path.Combine("infra", "rules", name)) ? $"infra/rules/{name}" : RulePlaces.Demo(name);

    private static string ConsoleOption(LabHost lab) =>
        (lab.Mesh.Console!.Port == LabOptions.DefaultConsolePort ? "" : $" --console {ListenAddress.ToUrl(lab.Mesh.Console)}")
        + (lab.Mesh.ConsoleToken is { } token ? $" --token {token}" : "");

    private static void WritePods(StringWriter text, LabHost lab)
    {
        var width = lab.Pods.Max(started => started.Pod.Name.Length) + 2;
        var address = lab.Pods.Max(started => started.Pod.Address.ToString().Length) + 2;
        foreach (var (planned, pod) in lab.Pods)
        {
            text.WriteLine(
                $"  {pod.Name.PadRight(width)}{pod.Address.ToString().PadRight(address)}{planned.Service.Summary}: "
                + $"{planned.Release.Summary}");
        }
    }

    private static string Rules(LabOptions options, LabHost lab)
    {
        var from = options.RulePaths.Count > 0 ? string.Join(", ", options.RulePaths) + " (watched)" : Path.GetFileName(RulePlaces.Default);
        if (lab.IsEmpty && options.RulePaths.Count == 0)
        {
            return "none yet";
        }

        var below = options.WithBase && !lab.IsEmpty ? ", over the demo's gateway and subsets" : "";
        var warnings = lab.Mesh.Rules.InForce.Problems.Count(problem => problem.Severity != Severity.Note);
        return $"{from}{below}{(warnings > 0 ? $"; {warnings} with warnings" : "")}";
    }
}
