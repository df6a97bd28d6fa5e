using Bookinfo.Mesh.Analysis.Testing.Expectations;

namespace Bookinfo.Mesh.Analysis.Testing;

/// <summary>
/// Where the tool that a test was written for differs from Istio. The test is judged as Istio would have it, and a note says so.
/// </summary>
internal static class ForeignNotes
{
    public static IEnumerable<string> Of(TestFormat format, Observation observed)
    {
        if (format == TestFormat.RouteTest)
        {
            yield break;
        }

        foreach (var dead in observed.Outcome.Destinations.Where(destination => destination.Problem is not null))
        {
            yield return $"Istio answers {dead.Status}: {dead.Problem}";
        }

        if (format != TestFormat.IstioConfigValidator)
        {
            yield break;
        }

        if (observed.Delegate is { } reference && observed.Outcome.Rule is null)
        {
            yield return $"no rule of the delegate {reference.Name} comes into effect: Istio joins each of its matches with those of the "
                + "rule that delegates, and drops a rule where one could contradict the other, as every regular expression could; "
                + "istio-config-validator asks the delegate only";
        }

        if (observed.Request.Path.Contains('%', StringComparison.Ordinal))
        {
            yield return "istio-config-validator decodes the path; Istio compares it as it is on the wire";
        }
    }
}
