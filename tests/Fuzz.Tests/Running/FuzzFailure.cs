using System.Globalization;
using System.Text;
using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Running;

/// <summary>A case that failed, as small as it could be made.</summary>
public sealed record FuzzFailure(RuleMix Rules, Attack Attack, Outcome Outcome)
{
    public int Seed { get; init; }

    public int Case { get; init; }

    /// <summary>False where it was seen once and not again.</summary>
    public bool IsReproduced { get; init; } = true;

    /// <summary>What failed, how to run it again, what was sent, and what came to the pods and back.</summary>
    public override string ToString()
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture,
            $"Case {Case} of seed {Seed} fails at the {Attack.Listener}{(IsReproduced ? "" : " (seen once, not reproduced)")}:");
        foreach (var finding in Outcome.Findings.DistinctBy(finding => finding.What).Take(10))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"- {finding.Kind}: {finding.What}");
        }

        report.AppendLine(CultureInfo.InvariantCulture,
            $"\nRun it again: FUZZ_SEED={Seed} FUZZ_FIRST={Case} FUZZ_CASES=1 dotnet test tests/Fuzz.Tests");
        report.AppendLine(CultureInfo.InvariantCulture, $"\nRules: {Rules}\n\nSent:\n{Attack.Print()}");
        foreach (var request in Outcome.AtPods.Where(request => Outcome.Findings.Any(finding => ReferenceEquals(finding.AtPod, request))))
        {
            report.AppendLine(CultureInfo.InvariantCulture,
                $"\nRequest {request.Number} at {request.Pod}{(request.IsWhole ? "" : ", cut off")}:\n{ByteText.Print(request.Raw)}");
        }

        return report.AppendLine(CultureInfo.InvariantCulture, $"\nAnswered:\n{ByteText.Print(Outcome.Received, 1500)}").ToString();
    }
}
