using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Reading;

/// <summary>The fields by which a Rollout says what is measured.</summary>
internal static class AnalysisFields
{
    public static TemplateAnalysis Inline(ObjectReader analysis)
    {
        Passed(analysis);
        return new TemplateAnalysis { Templates = Templates(analysis), Arguments = Arguments(analysis), DryRun = DryRun(analysis) };
    }

    public static BackgroundAnalysis Background(ObjectReader analysis)
    {
        Passed(analysis);
        return new BackgroundAnalysis
        {
            Templates = Templates(analysis),
            Arguments = Arguments(analysis),
            DryRun = DryRun(analysis),
            StartingStep = analysis.UInt32("startingStep"),
        };
    }

    /// <summary>The arguments of an analysis or of a template.</summary>
    public static IReadOnlyList<Argument> Arguments(ObjectReader owner) => owner.Objects("args", "Argument", argument =>
    {
        var from = argument.Object("valueFrom", "ValueFrom", Source);
        var value = argument.Text("value");
        if (value is not null && from is not null)
        {
            argument.Error("valueFrom", "value and valueFrom are both there", "keep one of them");
        }

        return new Argument(argument.Text("name") ?? "", value, from);
    });

    /// <summary>The expressions for metrics that only look on.</summary>
    public static IReadOnlyList<string> DryRun(ObjectReader owner) =>
        owner.Objects("dryRun", "DryRun", dry => dry.Text("metricName") ?? "");

    private static void Passed(ObjectReader analysis) => analysis.Skip("measurementRetention", "analysisRunMetadata");

    private static List<string> Templates(ObjectReader analysis) =>
    [
        .. analysis.Objects("templates", "AnalysisTemplateRef", template =>
        {
            // Both kinds of templates are read from the same files.
            template.Skip("clusterScope");
            var name = template.Text("templateName");
            if (name is null)
            {
                template.Error("templateName", "templateName is required");
            }

            return name ?? "";
        }),
    ];

    private static ArgumentSource Source(ObjectReader from)
    {
        from.Refuse("there are no Secrets", "secretKeyRef");
        var hash = from.Text("podTemplateHashValue");
        if (hash is not (null or "Latest" or "Stable"))
        {
            from.Error("podTemplateHashValue", $"{hash} is neither Latest nor Stable");
        }

        var field = from.Object("fieldRef", "FieldRef", reference => reference.Text("fieldPath") ?? "");
        return new ArgumentSource(hash, field);
    }
}
