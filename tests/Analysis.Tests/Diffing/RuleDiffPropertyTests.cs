using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Offline;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Analysis.Diffing;

/// <summary>The comparison against the tables that traffic goes by, with random rules and random requests.</summary>
public sealed class RuleDiffPropertyTests
{
    [Fact]
    public void Compare_RandomRulesAndRequests_AgreesWithTheTables()
    {
        var inputs = from before in RandomRules.WideRules
                     from changed in RandomRules.WideRules
                     from keeps in Gen.Elements(true, false)
                     from requests in RandomRules.Request.ListOf()
                     select (before, after: keeps ? [.. before.Take(2), .. changed.Take(1), .. before.Skip(2)] : changed, requests);

        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var (before, after) = (RandomRules.Of(input.before), RandomRules.Of(input.after));
            var (old, @new) = (Caller(before), Caller(after));
            var differences = RuleDiff.Compare(Cluster.Options, before, after);
            foreach (var difference in differences.Differences.Where(difference => difference.Callers.Contains(old.Name)))
            {
                Assert.NotEqual(Way(old.Decide(difference.Example)), Way(@new.Decide(difference.Example)));
            }

            foreach (var request in input.requests)
            {
                var (was, becomes) = (old.Decide(request), @new.Decide(request));
                if (Way(was) != Way(becomes) && differences.Undecided.Count == 0)
                {
                    Assert.Contains(differences.Differences, difference =>
                        difference.Before == was.Rule && difference.After == becomes.Rule);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(7, 7));
    }

    /// <summary>What the tables say of a request, without the place of the rule that says it.</summary>
    private static string Way(RouteOutcome outcome) => string.Join(' ',
        outcome.Kind, outcome.Path, outcome.Timeout, outcome.Fault,
        string.Join(',', outcome.Destinations.Select(destination => $"{destination.Cluster} {destination.Percent}")));

    private static OfflineCaller Caller(RuleSet rules) => OfflineMesh.Compile(Cluster.Options, rules).FindCaller("page")
        ?? throw new InvalidOperationException("the cluster has no page");
}
