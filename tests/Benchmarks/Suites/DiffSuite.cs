using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Bookinfo.Benchmarks.Reporting;
using Bookinfo.Benchmarks.Servers;
using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>The CPU time that it takes to compare two sets of a thousand rules in which one rule differs.</summary>
internal static class DiffSuite
{
    private const int Rules = 1_000;
    private const int Runs = 5;
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 0);

    /// <summary>Measures and prints.</summary>
    public static Task RunAsync()
    {
        var services = MeshHop.OtherRules(Rules);
        var routes = Routes("exact: /path-500");
        var expressions = Expressions("/items-500/[0-9]+");
        Report.Print(
            "Comparing rules",
            ["1,000 rules against 1,000", "s of CPU, the first time", "again"],
            [
                Row("VirtualServices of ten routes", services, services.Replace("/path-3", "/path-x", StringComparison.Ordinal), Rules),
                Row("VirtualServices of ten routes, one changed", services, ReplaceOnce(services, "/path-3 ", "/path-x "), Rules),
                Row("routes of one VirtualService, one changed", routes, Routes("exact: /path-x"), 1),
                Row("routes by expressions, one changed", expressions, Expressions("/items-500/[0-9a]+"), 1),
            ],
            $"Reading is not counted. Again: median of {Runs}.");
        return Task.CompletedTask;
    }

    private static string[] Row(string name, string before, string after, int services)
    {
        var options = Options(services);
        var (old, @new) = (Read(before), Read(after));
        var first = Measure(() => RuleDiff.Compare(options, old, @new));
        var others = Enumerable.Range(0, Runs).Select(_ => Measure(() => RuleDiff.Compare(options, old, @new))).Order().ToList();
        return [name, Report.Figure(first, 2), Report.Figure(others[Runs / 2], 2)];
    }

    private static double Measure(Func<RuleDifferences> compare)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        if (compare().Differences.Count == 0)
        {
            throw new InvalidOperationException("the rules that differ were found equivalent");
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static RuleSet Read(string yaml) => RuleReader.Read(new RuleSource("benchmark", yaml)).Rules;

    /// <summary>A thousand rules of one service, each for a path.</summary>
    private static string Routes(string changed) => OneService(i => i == Rules / 2 ? changed
        : string.Create(CultureInfo.InvariantCulture, $"prefix: /path-{i}/"));

    private static string Expressions(string changed) => OneService(i =>
        $"regex: '{(i == Rules / 2 ? changed : string.Create(CultureInfo.InvariantCulture, $"/items-{i}/[0-9]+"))}'");

    private static string OneService(Func<int, string> match)
    {
        var yaml = new StringBuilder("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: { name: service-0 }
            spec:
              hosts: [service-0]
              http:

            """);
        for (var i = 0; i < Rules; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture,
                $"  - match: [{{ uri: {{ {match(i)} }} }}]\n    timeout: {i + 1}s\n    route: [{{ destination: {{ host: service-0 }} }}]\n");
        }

        return yaml.ToString();
    }

    private static string ReplaceOnce(string text, string what, string with)
    {
        var at = text.IndexOf(what, text.Length / 2, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + what.Length));
    }

    /// <summary>As many services, and fourteen pods that call them, as in the sample.</summary>
    private static MeshOptions Options(int services) => new()
    {
        Services = [.. Enumerable.Range(0, services).Select(i => new MeshService($"service-{i}", 9080))],
        Pods = [.. Enumerable.Range(0, 14).Select(i => Workload.Of($"service-{i}", "v1"))
            .Select(workload => new Pod($"{workload.Name}-1", workload, Nowhere, Nowhere))],
        Gateway = Nowhere,
    };
}
