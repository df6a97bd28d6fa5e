using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Conformance.Semantics;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>
/// Each number and duration of the rules at both of its ends: accepted there, refused one beyond, and what is accepted is applied by the
/// running mesh.
/// </summary>
public sealed class BoundsTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    /// <summary>How long a request is watched whose answer takes 1190 hours.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    private static readonly IReadOnlyList<BoundedField> Fields =
        [.. VirtualServiceFields.All, .. DestinationRuleFields.All, .. OtherFields.All];

    public static IEnumerable<TheoryDataRow<string>> Rows => Fields.Select(row => new TheoryDataRow<string>(row.Field));

    [Fact]
    public void Model_EachNumberAndDuration_HasARow()
    {
        Assert.Equal(NumericFields.All(), Fields.Select(field => field.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Read_AtAnEnd_IsAccepted(string row)
    {
        var field = Find(row);

        Assert.All([field.Least, field.Most], value => Assert.DoesNotContain(Read(field, value), problem =>
            problem.Severity == Severity.Error));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Read_OneBeyondAnEnd_IsAnErrorAtItsLineThatSaysWhatIsRight(string row)
    {
        var field = Find(row);

        Assert.All([field.Below, field.Above], value => Assert.Contains(Read(field, value), problem =>
            problem.IsRefusal && problem.Line == field.Line() && problem.Suggestion is not null));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Apply_AtAnEnd_RequestsAreAnsweredAsTheRuleSays(string row)
    {
        var field = Find(row);

        await AnswersAsync(field, field.Least, field.LeastAnswers);
        await AnswersAsync(field, field.MostApplied ?? field.Most, field.MostAnswers);
    }

    private static BoundedField Find(string row) => Fields.Single(field => field.Field == row);

    private static IReadOnlyList<Problem> Read(BoundedField field, string value) => Reading(field, value).Problems;

    private static RuleReading Reading(BoundedField field, string value) =>
        RuleReader.Read("default", [new RuleSource("case.yaml", field.With(value))], field.Channel);

    private async Task AnswersAsync(BoundedField field, string value, IReadOnlyList<int> statuses)
    {
        running.Mesh.Begin("");
        running.Mesh.Server.Apply(Reading(field, value).Rules);
        var call = new Call { Url = field.Url };
        if (statuses.Count == 0)
        {
            var waiting = running.Mesh.SendAsync(call);
            await Task.WhenAny(waiting, Task.Delay(Timeout, TestContext.Current.CancellationToken));
            Assert.False(waiting.IsCompleted);
            return;
        }

        // The second request finds a connection that the first has left.
        Assert.Contains((await running.Mesh.SendAsync(call)).Status, statuses);
        Assert.Contains((await running.Mesh.SendAsync(call)).Status, statuses);
    }
}
