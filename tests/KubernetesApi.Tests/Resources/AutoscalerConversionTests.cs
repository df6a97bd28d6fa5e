using System.Net;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Tests.KubernetesApi.Resources;

/// <summary>One autoscaler in both of its versions (<c>pkg/apis/autoscaling/v1/conversion.go</c>).</summary>
public sealed class AutoscalerConversionTests(RunningApi api) : IClassFixture<RunningApi>
{
    private const string Old = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private const string New = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";

    [Fact]
    public async Task Create_InTheOldVersion_IsReadInBoth()
    {
        await api.CreateAsync(Old, Autoscaler("old", ",\"targetCPUUtilizationPercentage\":50"));

        var (_, now, _) = await api.SendAsync(HttpMethod.Get, $"{New}/old");
        Assert.Equal("autoscaling/v2", now.Text("apiVersion"));
        Assert.Equal(50, now.Items("spec", "metrics").Single().Number("resource", "target", "averageUtilization"));
        Assert.Equal(50, (await api.SendAsync(HttpMethod.Get, $"{Old}/old")).Body.Number("spec", "targetCPUUtilizationPercentage"));
    }

    [Fact]
    public async Task Patch_InTheOldVersion_ChangesTheTarget()
    {
        await api.CreateAsync(New, Autoscaler("patched", ""));

        var (status, patched, _) = await api.SendAsync(HttpMethod.Patch, $"{Old}/patched",
            """{"spec":{"targetCPUUtilizationPercentage":70}}""", "application/merge-patch+json");

        Assert.Equal((HttpStatusCode.OK, 70), (status, patched.Number("spec", "targetCPUUtilizationPercentage")));
        var (_, now, _) = await api.SendAsync(HttpMethod.Get, $"{New}/patched");
        Assert.Equal(70, now.Items("spec", "metrics").Single().Number("resource", "target", "averageUtilization"));
    }

    [Fact]
    public async Task Create_WithoutATarget_Is80PercentAndOnePod()
    {
        var made = await api.CreateAsync(New, Autoscaler("plain", ""));

        // pkg/apis/autoscaling/v2/defaults.go: DefaultCPUUtilization is 80.
        Assert.Equal(80, made.Items("spec", "metrics").Single().Number("resource", "target", "averageUtilization"));
        Assert.Equal(1, made.Number("spec", "minReplicas"));
    }

    private static string Autoscaler(string name, string more) => $$$"""
        {"metadata":{"name":"{{{name}}}"},
         "spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"reviews-v2"},"maxReplicas":4{{{more}}}}}
        """;
}
