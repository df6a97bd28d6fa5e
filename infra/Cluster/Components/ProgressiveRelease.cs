using System.Globalization;
using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using static Bookinfo.Cluster.Resources.Fields;
using Resource = Pulumi.Resource;

namespace Bookinfo.Cluster.Components;

/// <summary>
/// A service whose one workload goes from release to release under Argo Rollouts: a few per cent of the requests, a look at how they fare,
/// a few more; back when the measurements are bad. With the default settings this is the Rollout in
/// <c>infra/rules/rollouts/reviews.yaml</c>,
/// which the Lab runs, too.
/// </summary>
internal sealed class ProgressiveRelease : ComponentResource
{
    /// <summary>The API.</summary>
    public const string ApiVersion = "argoproj.io/v1alpha1";

    /// <summary>Creates the Rollout and what it works with.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="parent">The component of the service.</param>
    /// <param name="service">The service.</param>
    /// <param name="rules">The rules of the whole system, with those for the Rollout.</param>
    /// <param name="after">What its pods cannot start without.</param>
    public ProgressiveRelease(DeploymentContext context, Resource parent, BookService service, RuleSet rules, IReadOnlyList<Resource> after)
        : base("bookinfo:cluster:ProgressiveRelease", service.Name, new ComponentResourceOptions { Parent = parent })
    {
        var settings = context.Settings;
        var release = settings.Delivery.Targets[service.Name];
        var analysis = new Manifest($"{service.Name}-success", new ManifestArgs(ApiVersion, "AnalysisTemplate")
        {
            Metadata = context.Meta(AnalysisName(service), service.Name),
            Spec = SuccessAnalysis.Spec(settings.Delivery),
        }, ChildOptions.Of(this));

        var spec = new InputMap<object>
        {
            ["selector"] = new LabelSelectorArgs { MatchLabels = Labels.Select(service.Name) },
            ["template"] = ReleasePod.Of(service, release, settings),
            ["replicas"] = settings.Scale.ReplicasOf(service, release),
            ["revisionHistoryLimit"] = 3,
            ["strategy"] = Map(("canary", Strategy(settings, service))),
        };
        // What ran before goes only once these pods take requests.
        var annotations = Availability.TakesOver;
        annotations.Add("pulumi.com/waitFor", "condition=Available");
        Workload = new Manifest(service.Name, new ManifestArgs(ApiVersion, "Rollout")
        {
            Metadata = context.Meta(service.Name, Labels.Of(service, release), annotations),
            Spec = spec,
        }, ChildOptions.Of(this, [.. after, analysis, .. DeliveryTraffic.Create(context, this, service, rules)])
            .WithNumberOfPods(settings.Scale));
        _ = Availability.Budget(context, this, service.Name, service.Name, Labels.Select(service.Name));
        if (settings.Scale.Autoscale)
        {
            _ = Availability.Autoscaler(context, this, service.Name, service.Name, ApiVersion, "Rollout",
                settings.Scale.ReplicasOf(service, release));
        }

        RegisterOutputs(new Dictionary<string, object?> { ["release"] = release.Version });
    }

    /// <summary>What runs the pods.</summary>
    public Resource Workload { get; }

    private static string AnalysisName(BookService service) => $"{service.Name}-success";

    private static Dictionary<string, object> Strategy(Settings.ClusterSettings settings, BookService service) => Map(
        ("maxSurge", 1),
        ("maxUnavailable", 0),
        ("trafficRouting", Map(("istio", Map(
            ("virtualService", Map(("name", ProgressiveRoute.RuleName(service)), ("routes", new object[] { ProgressiveRoute.Name }))),
            ("destinationRule", Map(("name", ProgressiveRoute.RuleName(service)), ("stableSubsetName", ProgressiveRoute.Stable),
                ("canarySubsetName", ProgressiveRoute.Canary))))))),
        // Measured from the first step on, all along, and by the label of the release: the stable pods' answers do not hide the canary's.
        ("analysis", Map(
            ("templates", new object[] { Map(("templateName", AnalysisName(service))) }),
            ("startingStep", 1),
            ("args", new object[]
            {
                FromField("service", "metadata.name"),
                FromField("namespace", "metadata.namespace"),
                FromField("version", "metadata.labels['version']"),
            }))),
        ("steps", settings.Delivery.Steps.SelectMany<int, object>(weight =>
            [Map(("setWeight", weight)), Map(("pause", Map(("duration", Seconds(settings.Delivery.Pause)))))]).ToArray()));

    private static Dictionary<string, object> FromField(string argument, string path) =>
        Map(("name", argument), ("valueFrom", Map(("fieldRef", Map(("fieldPath", path))))));

    private static string Seconds(TimeSpan time) => $"{Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture)}s";
}
