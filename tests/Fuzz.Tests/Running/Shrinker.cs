using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Rules;

namespace Bookinfo.Tests.Fuzz.Running;

/// <summary>Makes a failing attack smaller as long as it still fails in the same way.</summary>
public sealed class Shrinker(CaseRunner runner, int mostRuns)
{
    /// <summary>A leak needs the right bytes in a buffer, so that one run may miss it.</summary>
    private const int MostTries = 5;
    private readonly Random _random = new(1);
    private int _runs;
    private int _tries = MostTries;

    /// <param name="suspects">Attacks that may be to blame, with their rules; the likeliest first.</param>
    /// <param name="seen">What was seen when the failure showed.</param>
    /// <param name="signatures">The findings that a smaller attack has to show, at least one of them.</param>
    public async Task<FuzzFailure> ShrinkAsync(IReadOnlyList<(RuleMix Rules, Attack Attack)> suspects, Outcome seen,
        HashSet<string> signatures)
    {
        foreach (var (rules, attack) in suspects)
        {
            if (await FailsAsync(rules, attack, signatures) is { } failure)
            {
                return await ShrinkRulesAsync(await ShrinkAttackAsync(failure, signatures), signatures);
            }
        }

        return new FuzzFailure(suspects[0].Rules, suspects[0].Attack, seen) { IsReproduced = false };
    }

    private async Task<FuzzFailure> ShrinkAttackAsync(FuzzFailure failure, HashSet<string> signatures)
    {
        var isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (var candidate in failure.Attack.Shrink())
            {
                if (_runs < mostRuns && await FailsAsync(failure.Rules, candidate, signatures) is { } smaller)
                {
                    failure = smaller;
                    isSmaller = true;
                    break;
                }
            }
        }

        return failure;
    }

    private async Task<FuzzFailure> ShrinkRulesAsync(FuzzFailure failure, HashSet<string> signatures)
    {
        foreach (var simplify in Simplifications)
        {
            failure = await FailsAsync(simplify(failure.Rules), failure.Attack, signatures) ?? failure;
        }

        return failure;
    }

    private static IEnumerable<Func<RuleMix, RuleMix>> Simplifications =>
    [
        _ => RuleMix.Plain,
        rules => rules with { Rewrite = Rewrite.None },
        rules => rules with { Fault = Fault.None },
        rules => rules with { ChangesHeaders = false },
        rules => rules with { Mirrors = false },
        rules => rules with { Retries = false },
        rules => rules with { HasCors = false },
        rules => rules with { ToHttp2 = false },
    ];

    private async Task<FuzzFailure?> FailsAsync(RuleMix rules, Attack attack, HashSet<string> signatures)
    {
        for (var i = 1; i <= _tries; i++)
        {
            _runs++;
            var renewed = attack.Renew(_random);
            var outcome = await runner.RunAsync(rules, renewed, _random);
            if (outcome.Findings.Any(finding => signatures.Contains(finding.Signature)))
            {
                // Smaller attacks get as many tries as this one needed.
                _tries = i;
                return new FuzzFailure(rules, renewed, outcome);
            }
        }

        return null;
    }
}
