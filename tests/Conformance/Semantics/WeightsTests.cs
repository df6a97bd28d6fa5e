using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

public sealed class WeightsTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly string Subsets = Yaml.Subsets("r", "v1", "v2");

    private static readonly IReadOnlyList<Case> Statements =
    [
        Split("one destination gets everything, whatever its weight", (1, "r", "v2")) with { Variant = "1" },
        Split("one destination gets everything, whatever its weight", (0, "r", "v2")) with { Variant = "0" },
        Split("90/10", (90, "r", "v1"), (10, "r", "v2")),
        Split("weights are relative", (1, "r", "v1"), (3, "r", "v2")),
        Split("weights may sum to more than 100", (300, "r", "v1"), (100, "r", "v2")),
        Split("a weight of 0 gets nothing", (0, "r", "v1"), (100, "r", "v2")),
        Split("a 0 among others gets nothing", (50, "r", "v1"), (0, "r", "v2"), (50, "c", null)),
        Split("hosts and subsets mixed", (20, "r", "v1"), (30, "r", "v2"), (50, "c", null)),
        new("a total of 0 is refused", Rule((0, "r", "v1"), (0, "r", "v2"))) { Refused = "weight" },
        new("a negative weight is refused", Rule((-1, "r", "v1"), (101, "r", "v2"))) { Refused = "weight" },
        new("each request draws anew, also on one connection", Yaml.All(Subsets, Rule((50, "r", "v1"), (50, "r", "v2"))))
        {
            Then = async mesh =>
            {
                var last = (await mesh.SendAsync(new Call { Url = "http://r:9080/" })).Echo!.Workload;
                var changes = 0;
                for (var draw = 0; draw < 1000; draw++)
                {
                    var release = (await mesh.SendAsync(new Call { Url = "http://r:9080/" })).Echo!.Workload;
                    changes += last != release ? 1 : 0;
                    last = release;
                }

                Shares.AssertWithin(new Dictionary<string, double> { ["changes"] = 50 },
                    new Dictionary<string, int> { ["changes"] = changes }, 1000);
            },
        },
        new("a retry stays in the chosen destination", Yaml.All(
            Subsets, Rule((50, "r", "v1"), (50, "r", "v2")) + "\n    retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}"))
        {
            Then = async mesh =>
            {
                mesh.Pod("r-v2-0").Fail(500);
                var failed = 0;
                for (var call = 0; call < 200; call++)
                {
                    failed += (await mesh.SendAsync(new Call { Url = "http://r:9080/" })).Status == 500 ? 1 : 0;
                }

                Shares.AssertWithin(new Dictionary<string, double> { ["failed"] = 50 }, new Dictionary<string, int> { ["failed"] = failed },
                    200);
                Assert.Equal(failed * 3, mesh.Pod("r-v2-0").Seen.Count);
            },
        },
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Weights_OnTheRunningMesh_AreDrawnAsEnvoyDraws(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    [Fact]
    public void Shares_Of85To15_AreNotTakenFor90To10()
    {
        var shares = new Dictionary<string, double> { ["v1"] = 90, ["v2"] = 10 };

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            Shares.AssertWithin(shares, new Dictionary<string, int> { ["v1"] = 1700, ["v2"] = 300 }, 2000));
    }

    private static Case Split(string name, params (int Weight, string Host, string? Subset)[] split)
    {
        var total = (double)split.Sum(part => part.Weight);
        return new Case(name, Yaml.All(Subsets, Rule(split)), new Call
        {
            Url = "http://r:9080/",
            Times = split.Length == 1 ? 20 : 2000,
            Shares = split.ToDictionary(part => $"{part.Host}-{part.Subset ?? "v1"}",
                part => split.Length == 1 ? 100 : part.Weight / total * 100),
        });
    }

    private static string Rule(params (int Weight, string Host, string? Subset)[] split) =>
        Yaml.VirtualService("r", "- route:\n" + string.Join('\n', split.Select(part =>
            $"  - destination: {{host: {part.Host}{(part.Subset is null ? "" : ", subset: " + part.Subset)}}}\n    weight: {part.Weight}")));
}
