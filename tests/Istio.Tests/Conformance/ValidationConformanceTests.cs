using Bookinfo.Mesh.Istio;

namespace Bookinfo.Tests.Istio.Conformance;

/// <summary>The cases of Istio's own tests of validation, as <c>Conformance/cases</c> has them.</summary>
public sealed class ValidationConformanceTests
{
    public static TheoryData<string> Tried =>
        [.. ConformanceCase.All.Select((each, i) => (each, i)).Where(each => each.each.LeftOut is null)
            .Select(each => $"{each.i} {each.each}")];

    [Theory]
    [MemberData(nameof(Tried))]
    public void Read_CaseOfIstio_IsTakenOrRefusedAsByIstiod(string name)
    {
        var tried = ConformanceCase.All[int.Parse(name.Split(' ')[0], null)];
        var reading = RuleReader.Read(new RuleSource("case.yaml", tried.Text));
        var said = $"{string.Join('\n', reading.Problems)}\n{tried.Text}";
        Assert.True(reading.HasErrors == (!tried.IsValid || tried.Refused is not null), said);
        Assert.True(!tried.HasWarning || reading.Problems.Count > 0, said);
    }

    [Fact]
    public void Write_EveryValidCaseOfIstio_ReadsTheSame()
    {
        foreach (var tried in ConformanceCase.All.Where(each => each is { IsValid: true, LeftOut: null, Refused: null }))
        {
            var rules = RuleReader.Read(new RuleSource("case.yaml", tried.Text)).Rules;
            Assert.Equal(rules, RuleReader.Read(new RuleSource("again.yaml", RuleWriter.Write(rules))).Rules);
        }
    }
}
