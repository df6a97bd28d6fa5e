using Bookinfo.Tests.Support.Conformance;

namespace Bookinfo.Tests.Istio.Conformance;

public sealed class ConformanceDocumentTests
{
    [Fact]
    public void Document_SaysWhatTheCasesOfValidationAre()
    {
        var files = ConformanceCase.All.GroupBy(each => each.Source.Split(": ")[0]);

        Assert.All(files, file => Assert.Null(ConformanceDocument.Disagreement(new ConformanceSource(
            $"pkg/config/validation/{file.Key}",
                [.. file.GroupBy(each => each.Source.Split(": ")[1]).Select(function => Function(function.Key, function))]))));
    }

    private static ConformanceFunction Function(string name, IEnumerable<ConformanceCase> cases)
    {
        var byReason = cases.ToLookup(each =>
            each.LeftOut ?? (each.Refused is null ? null : $"accepted by istiod, rejected here: {each.Refused}"), each => each.Name);
        return new ConformanceFunction(
            name, byReason[null].Count(),
                [.. byReason.Where(reason => reason.Key is not null).Select(reason => new LeftOutCases(reason.Key!, [.. reason]))]);
    }
}
