namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>Objects that the Lab keeps, made and taken away as people do it with <c>kubectl</c>.</summary>
public sealed class KubectlObjectTests : IClassFixture<LabWithKubectl>
{
    private const string Two = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: keep, labels: {set: x}}
        data: {k: "1"}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: drop, labels: {set: x}}
        """;

    private readonly LabWithKubectl _lab;

    public KubectlObjectTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task CreateWithoutAFile_KindsOfKubernetes_AreMade()
    {
        await _lab.TypeAsync("create namespace shop");
        await _lab.TypeAsync("create configmap settings -n shop --from-literal=color=blue");
        await _lab.TypeAsync("create secret generic key -n shop --from-literal=password=secret");
        await _lab.TypeAsync("create serviceaccount clerk -n shop");

        Assert.Equal("blue", await _lab.TypeAsync("get cm settings -n shop -o 'jsonpath={.data.color}'"));
        Assert.Equal("c2VjcmV0", await _lab.TypeAsync("get secret key -n shop -o 'jsonpath={.data.password}'"));
        Assert.Equal("Active", await _lab.TypeAsync("get ns shop -o 'jsonpath={.status.phase}'"));
        await _lab.TypeAsync("delete namespace shop");
        Assert.Equal(1, (await _lab.RunAsync("get cm settings -n shop")).Code);
    }

    [Theory]
    [InlineData("autoscale deployment reviews-v2 --max=4 --cpu-percent=50", "autoscaled")]
    [InlineData("create job once --image=busybox", "created")]
    [InlineData("create cronjob often --image=busybox '--schedule=* * * * *'", "created")]
    [InlineData("create role reader --verb=get --resource=pods", "created")]
    [InlineData("create rolebinding readers --role=reader --user=me", "created")]
    [InlineData("create priorityclass high --value=3", "created")]
    [InlineData("create pdb few --selector=app=reviews --min-available=1", "created")]
    public async Task Create_KindThatIsNotCarriedOut_IsStoredWithAWarning(string command, string expected)
    {
        var (code, output, error) = await _lab.RunAsync(command);

        Assert.True(code == 0, error);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Contains("stored, not enforced in the Lab", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyWithPrune_WhatIsLeftOut_IsDeleted()
    {
        await _lab.TypeAsync("apply -f -", Two);

        var pruned = await _lab.TypeAsync("apply -f - --prune -l set=x", Two.Split("---")[0]);

        Assert.Contains("configmap/drop pruned", pruned, StringComparison.Ordinal);
        Assert.Equal("configmap/keep\n", await _lab.TypeAsync("get cm -l set=x -o name"));
    }

    [Fact]
    public async Task ApplyServerSide_AfterApply_TakesOverWhatApplyHasSet()
    {
        var old = Two.Split("---")[0].Replace("keep", "moved", StringComparison.Ordinal)
            .Replace("set: x", "set: z", StringComparison.Ordinal);
        await _lab.TypeAsync("apply -f -", old);
        await _lab.TypeAsync("apply --server-side -f -", old);
        var changed = old.Replace("\"1\"", "\"2\"", StringComparison.Ordinal);

        await _lab.TypeAsync("apply --server-side -f -", changed);

        Assert.Equal("2", await _lab.TypeAsync("get cm moved -o 'jsonpath={.data.k}'"));
    }

    [Theory]
    [InlineData("foreground", 0)]
    [InlineData("background", 0)]
    [InlineData("orphan", 1)]
    public async Task DeleteDeployment_WithACascade_LeavesWhatItSays(string cascade, int left)
    {
        var name = $"away-{cascade}";
        await _lab.TypeAsync($"create deployment {name} --image=bookinfo/details:1");
        await _lab.TypeAsync($"rollout status deployment/{name} --timeout=60s");

        await _lab.TypeAsync($"delete deployment {name} --cascade={cascade} --timeout=60s");
        await _lab.TypeAsync($"wait --for=delete deployment/{name} --timeout=60s");

        var kept = await _lab.TypeAsync($"get rs -l app={name} -o name");
        Assert.Equal(left, kept.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await _lab.TypeAsync($"delete rs -l app={name}");
    }

    [Fact]
    public async Task DeleteService_InTheForeground_GoesAfterItsEndpoints()
    {
        await _lab.TypeAsync("create service clusterip passing --tcp=80:9080");
        await _lab.TypeAsync("wait --for=create endpoints/passing --timeout=60s");

        await _lab.TypeAsync("delete service passing --cascade=foreground --timeout=60s");

        Assert.Empty(await _lab.TypeAsync("get endpoints,endpointslices -l kubernetes.io/service-name=passing -o name"));
        Assert.Equal(1, (await _lab.RunAsync("get service passing")).Code);
    }
}
