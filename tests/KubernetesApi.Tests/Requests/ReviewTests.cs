using System.Net;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Tests.KubernetesApi.Requests;

/// <summary>What <c>kubectl auth</c> asks.</summary>
public sealed class ReviewTests(RunningApi api) : IClassFixture<RunningApi>
{
    [Fact]
    public async Task CanI_WithTheToken_IsAllowed()
    {
        var (status, review, _) = await api.SendAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            """{"spec":{"resourceAttributes":{"verb":"create","resource":"pods"}}}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.True(review["status"]!["allowed"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("authorization.k8s.io/v1/selfsubjectrulesreviews", "SelfSubjectRulesReview")]
    [InlineData("authentication.k8s.io/v1/selfsubjectreviews", "SelfSubjectReview")]
    public async Task Review_OfOneself_IsAnswered(string path, string kind) =>
        Assert.Equal(kind, (await api.SendAsync(HttpMethod.Post, $"/apis/{path}", "{}")).Body.Text("kind"));
}
