using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>Pods that come and go as <c>kubectl</c> asks for it.</summary>
public sealed class WorkloadTests : IClassFixture<LabWithKubectl>
{
    private readonly LabWithKubectl _lab;

    public WorkloadTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task Scale_UpAndDown_StartsAndStopsPodsThatServe()
    {
        await _lab.TypeAsync("scale deployment reviews-v2 --replicas=3");
        Assert.Contains("successfully rolled out", await _lab.TypeAsync("rollout status deployment/reviews-v2 --timeout=60s"),
            StringComparison.Ordinal);

        Assert.Equal(3, await CountAsync("get pods -l app=reviews,version=v2 --field-selector status.phase=Running -o name"));
        Assert.Equal(5, (await _lab.TypeAsync("get endpoints reviews -o 'jsonpath={.subsets[*].addresses[*].ip}'")).Split(' ').Length);
        await _lab.TypeAsync($"apply -f {Path.Combine(Repository.Root, "infra", "rules", "all-v1.yaml")}");
        await _lab.TypeAsync("patch vs reviews --type=merge -p "
            + "'{\"spec\":{\"http\":[{\"route\":[{\"destination\":{\"host\":\"reviews\",\"subset\":\"v2\"}}]}]}}'");
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var i = 0; i < 30; i++)
        {
            Assert.DoesNotContain("Error fetching", await reader.GetStringAsync($"http://{_lab.Lab.Mesh.Gateway}/productpage"),
                StringComparison.Ordinal);
        }

        Assert.All(["reviews-v2-1", "reviews-v2-2", "reviews-v2-3"], pod => Assert.True(_lab.Lab.RequestCounters[pod].Requests > 0, pod));

        await _lab.TypeAsync("scale deployment reviews-v2 --replicas=1");
        await Eventually.HoldsAsync(async () => await CountAsync("get pods -l app=reviews,version=v2 -o name") == 1, "one pod is left");
        Assert.Equal("pod/reviews-v2-1\n", await _lab.TypeAsync("get pods -l app=reviews,version=v2 -o name"));
    }

    [Fact]
    public async Task DeletePod_OfADeployment_AnotherTakesItsPlace()
    {
        await _lab.TypeAsync("delete pod details-v1-1");

        await _lab.TypeAsync("wait --for=condition=Ready pod -l app=details --timeout=60s");
        Assert.Equal("pod/details-v1-2\n", await _lab.TypeAsync("get pods -l app=details -o name"));
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.DoesNotContain("Error fetching product details", await reader.GetStringAsync($"http://{_lab.Lab.Mesh.Gateway}/productpage"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollout_OfANewSetting_AndUndo_ReplacePods()
    {
        await _lab.TypeAsync("set env deployment/reviews-v3 STAR_COLOR=blue");
        await _lab.TypeAsync("rollout status deployment/reviews-v3 --timeout=60s");
        Assert.Contains("\"color\":\"blue\"", await AnswerAsync("reviews-v3"), StringComparison.Ordinal);
        Assert.Matches(@"(?s)1 .*2 ", await _lab.TypeAsync("rollout history deployment/reviews-v3"));

        await _lab.TypeAsync("rollout undo deployment/reviews-v3");
        await _lab.TypeAsync("rollout status deployment/reviews-v3 --timeout=60s");

        Assert.Contains("\"color\":\"red\"", await AnswerAsync("reviews-v3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_Deployment_ReplacesItsPods()
    {
        await _lab.TypeAsync("rollout restart deployment/ratings-v1");

        await _lab.TypeAsync("rollout status deployment/ratings-v1 --timeout=60s");

        Assert.DoesNotContain("ratings-v1-1", await _lab.TypeAsync("get pods -l app=ratings,version=v1 -o name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_DeploymentOfASampleImage_RunsThatProgram()
    {
        await _lab.TypeAsync("apply -f -", Deployment("reviews-v4", "ghcr.io/acme/bookinfo/reviews:1.2.3"));

        await _lab.TypeAsync("rollout status deployment/reviews-v4 --timeout=60s");

        Assert.Contains("\"color\":\"green\"", await AnswerAsync("reviews-v4"), StringComparison.Ordinal);
        await _lab.TypeAsync("delete deployment reviews-v4");
        await Eventually.HoldsAsync(async () => await CountAsync("get pods -l version=v4 -o name") == 0, "the pods have gone");
        Assert.Equal(0, await CountAsync("get rs -l version=v4 -o name"));
    }

    [Fact]
    public async Task Apply_DeploymentOfAnotherImage_IsErrImagePullWithAnEvent()
    {
        await _lab.TypeAsync("apply -f -", Deployment("nginx", "nginx:1.27"));

        await Eventually.HoldsAsync(async () => (await _lab.TypeAsync("get pods -l app=nginx"))
            .Contains("ErrImagePull", StringComparison.Ordinal), "the image cannot be pulled");
        Assert.Contains("Failed to pull image \"nginx:1.27\": the Lab runs only the sample's images", await _lab.TypeAsync("events"),
            StringComparison.Ordinal);
        await _lab.TypeAsync("delete deployment nginx");
    }

    [Fact]
    public async Task Run_PodWithoutADeployment_RunsUntilItIsDeleted()
    {
        await _lab.TypeAsync("run alone --image=bookinfo/details:1 --labels=app=alone");
        await _lab.TypeAsync("run other --image=nginx");

        await _lab.TypeAsync("wait --for=condition=Ready pod/alone --timeout=60s");
        await Eventually.HoldsAsync(async () => (await _lab.TypeAsync("get pod other")).Contains("ErrImagePull", StringComparison.Ordinal),
            "the image cannot be pulled");
        await _lab.TypeAsync("delete pod alone other");
        Assert.Equal(0, await CountAsync("get pods -l app=alone -o name"));
    }

    [Fact]
    public async Task Label_PodThatItsReplicaSetNoLongerSelects_LeavesItAndTheService()
    {
        await _lab.TypeAsync("label pod catalog-v2-1 app=debug --overwrite");
        await _lab.TypeAsync("wait --for=condition=Ready pod -l app=catalog,version=v2 --timeout=60s");

        Assert.Equal(1, await CountAsync("get pods -l app=catalog,version=v2 -o name"));
        Assert.DoesNotContain("catalog-v2-1", await _lab.TypeAsync("get endpoints catalog -o "
            + "'jsonpath={.subsets[*].addresses[*].targetRef.name}'"), StringComparison.Ordinal);
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.DoesNotContain("catalog-v2-1", await reader.GetStringAsync($"http://{_lab.Lab.Mesh.Console}/api/topology"),
            StringComparison.Ordinal);
        await _lab.TypeAsync("delete pod catalog-v2-1");
    }

    [Fact]
    public async Task KillAndStart_PodOfTheConsole_LeavesTheEndpointsAndComesBack()
    {
        var pod = await _lab.TypeAsync("get pods -l app=productpage -o 'jsonpath={.items[0].metadata.name}'");
        using var console = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://{_lab.Lab.Mesh.Console}"),
        };

        (await console.DeleteAsync($"/api/pods/{pod}")).EnsureSuccessStatusCode();

        await Eventually.HoldsAsync(async () => (await _lab.TypeAsync("get endpoints productpage -o 'jsonpath={.subsets[*].addresses}'"))
            .Length == 0, "the pod has left the endpoints");
        Assert.Contains("0/1", await _lab.TypeAsync($"get pod {pod}"), StringComparison.Ordinal);

        (await console.PostAsync($"/api/pods/{pod}/start", null)).EnsureSuccessStatusCode();
        await _lab.TypeAsync($"wait --for=condition=Ready pod/{pod} --timeout=60s");
    }

    [Fact]
    public async Task Scale_Up_GivesTheNewPodAnOutboundListenerOfItsOwn()
    {
        await _lab.TypeAsync("create deployment caller --image=bookinfo/reviews:1 --replicas=2");
        await _lab.TypeAsync("rollout status deployment/caller --timeout=60s");

        foreach (var pod in new[] { "caller-1", "caller-2" })
        {
            Assert.NotNull(_lab.Lab.Mesh.Explain(new ExplainRequest(pod, "GET", new Uri("http://ratings:9080/ratings/0"), [])));
        }

        Assert.Equal("caller-1 caller-2", await _lab.TypeAsync("get pods -l app=caller -o 'jsonpath={.items[*].metadata.name}'"));
        await _lab.TypeAsync("delete deployment caller");
    }

    [Theory]
    [InlineData("scale deployment reviews-v1 --replicas=21", "the Lab runs 0 to 20 pods of each")]
    [InlineData("set image pod/productpage-v1-1 *=nginx", "does not change a pod that runs")]
    [InlineData("patch deployment productpage-v1 --type=merge -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[]}}}}'",
        "spec.template.spec.containers: Required value")]
    [InlineData("run productpage-v1-1 -n kube-system --image=nginx", "use another name")]
    public async Task AnyChange_ThatTheLabDoesNotDo_IsRefusedWithAReason(string command, string expected)
    {
        var (code, _, error) = await _lab.RunAsync(command);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private async Task<int> CountAsync(string command) =>
        (await _lab.TypeAsync(command)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>What the one pod of a release answers by itself.</summary>
    private async Task<string> AnswerAsync(string deployment)
    {
        var (app, version) = (deployment.Split('-')[0], deployment.Split('-')[1]);
        var pod = await _lab.TypeAsync($"get pods -l app={app},version={version} --field-selector status.phase=Running -o "
            + "'jsonpath={.items[-1].status.podIP}:{.items[-1].spec.containers[0].ports[0].containerPort}'");
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return (await reader.GetStringAsync($"http://{pod}/reviews/0")).Replace("\": \"", "\":\"", StringComparison.Ordinal);
    }

    private static string Deployment(string name, string image) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{name}}
          labels: &labels
            app: {{name.Split('-')[0]}}
            version: {{name.Split('-')[^1]}}
        spec:
          selector:
            matchLabels: *labels
          template:
            metadata:
              labels: *labels
            spec:
              containers:
              - name: it
                image: {{image}}
                ports:
                - containerPort: 9080
                env:
                - {name: ENABLE_RATINGS, value: "true"}
                - {name: STAR_COLOR, value: green}
        """;
}
