using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Rules;

namespace Bookinfo.Tests.Fuzz.Running;

/// <summary>Which protocol the attackers speak.</summary>
public enum Protocol
{
    Http1,
    Http2,
}

/// <summary>Draws cases and runs them. A case is known by seed and number, and can be run by itself.</summary>
public sealed class Fuzzer(CaseRunner runner, FuzzSettings settings)
{
    /// <summary>How many cases run under the same rules.</summary>
    private const int CasesPerMix = 25;

    /// <summary>Runs all cases, or as many as show the number of different failures that the settings ask for.</summary>
    /// <returns>Failures that differ in what they are about, each made as small as possible.</returns>
    public async Task<IReadOnlyList<FuzzFailure>> RunAsync(Listener listener, Protocol protocol, Func<Random, RuleMix> drawRules)
    {
        var failures = new List<FuzzFailure>();
        var known = new HashSet<string>();
        (RuleMix Rules, Attack Attack)? before = null;
        for (var number = settings.First; number < settings.First + settings.Cases && failures.Count < settings.MostFailures; number++)
        {
            var random = RandomOf(number, salt: 2);
            var current = (Rules: drawRules(RandomOf(number / CasesPerMix, salt: 1)), Attack: DrawAttack(listener, protocol, random));
            var outcome = await runner.RunAsync(current.Rules, current.Attack, random);
            var fresh = outcome.Findings.Select(finding => finding.Signature).Where(signature => !known.Contains(signature)).ToHashSet();
            if (fresh.Count > 0)
            {
                known.UnionWith(fresh);

                // What an attack leaves behind may show only in the next case.
                var suspects = before is null ? [current] : new[] { current, before.Value };
                failures.Add(await new Shrinker(runner, settings.ShrinkingRuns).ShrinkAsync(suspects, outcome, fresh)
                    with
                { Seed = settings.Seed, Case = number });
            }

            before = outcome.Findings.Count > 0 ? null : current;
        }

        return failures;
    }

    private static Attack DrawAttack(Listener listener, Protocol protocol, Random random)
    {
        if (protocol == Protocol.Http2)
        {
            return new Http2Grammar(random).Write(listener);
        }

        var parts = random.OneIn(4) ? new Http1Mutator(random).Mutate(random.From(Recorded.Requests)) : new Http1Grammar(random).Write();
        return new Http1Attack(listener, [.. parts], random.OneIn(4) ? random.Next(2, 6) : 1);
    }

    // Random's own algorithm for a given seed does not change between versions of .NET.
    private Random RandomOf(int number, int salt) => new(unchecked((((settings.Seed * 31) + salt) * 1_000_003) + number));
}
