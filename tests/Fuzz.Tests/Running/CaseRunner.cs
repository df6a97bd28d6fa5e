using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Rules;

namespace Bookinfo.Tests.Fuzz.Running;

/// <summary>
/// Runs cases in one world as long as all goes well, and in a new one after a failure: a poisoned connection would make every later case
/// fail.
/// </summary>
public sealed class CaseRunner(Func<Task<World>> startWorld) : IAsyncDisposable
{
    private World? _world;

    public async Task<Outcome> RunAsync(RuleMix rules, Attack attack, Random random)
    {
        var world = _world ??= await startWorld();
        var outcome = await world.RunAsync(rules, attack, random);
        if (outcome.Findings.Count > 0)
        {
            await DisposeAsync();
        }

        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is { } world)
        {
            _world = null;
            await world.DisposeAsync();
        }
    }
}
