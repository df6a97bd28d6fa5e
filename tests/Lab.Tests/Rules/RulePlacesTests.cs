using Bookinfo.Mesh.Lab.Rules;

namespace Bookinfo.Tests.Lab.Rules;

public sealed class RulePlacesTests
{
    [Fact]
    public void Lessons_ServicesThatRun_AreThoseAboutThemWithoutTheBase()
    {
        var lessons = RulePlaces.LoadExamples(["productpage", "details", "reviews", "ratings"]).Select(lesson => lesson.Name).ToList();

        Assert.Contains("reviews-90-10.yaml", lessons);
        Assert.Contains("all-v1.yaml", lessons);
        Assert.Contains("ratings-circuit-breaker.yaml", lessons);
        Assert.Contains("ratings-bulkhead.yaml", lessons);
        Assert.DoesNotContain("gateway.yaml", lessons);
        Assert.Contains("gateway-api/reviews-90-10.yaml", lessons);
        Assert.DoesNotContain("gateway-api/gateway.yaml", lessons);
        Assert.DoesNotContain(lessons, name => name.StartsWith("catalog", StringComparison.Ordinal));
    }

    [Fact]
    public void Lessons_AnotherServiceRuns_AreOfferedForItToo() =>
        Assert.Equal(["catalog-90-10.yaml", "gateway-api/catalog-90-10.yaml"],
            RulePlaces.LoadExamples(["catalog"]).Select(lesson => lesson.Name)
                .Where(name => name.Contains("catalog-90", StringComparison.Ordinal)));

    [Fact]
    public void Lessons_Each_SaysWhatItDoes() =>
        Assert.All(RulePlaces.LoadExamples(["productpage", "details", "reviews", "ratings", "catalog"]),
            lesson => Assert.NotEmpty(lesson.Summary));
}
