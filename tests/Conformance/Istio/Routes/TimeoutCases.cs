using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>The time that a route allows, by a clock that the test drives.</summary>
internal static class TimeoutCases
{
    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("for virtual service", "") { Then = _ => AnswersAfterAsync("", TimeSpan.FromHours(1), 200) },
        new("for virtual service with timeout", "") { Then = _ => AnswersAfterAsync("timeout: 10s", TimeSpan.FromSeconds(10), 504) },

        // istiod's own validation lets no such rule through to the code that Istio's test calls.
        new("for virtual service with disabled timeout", Yaml.VirtualService("c", "- route: [{destination: {host: c}}]\n  timeout: 0s"))
        { Refused = "a duration is at least 1ms" },
    ];

    /// <summary>The pod holds its answer back while the clock goes on; then the caller has a 504, or the pod answers after all.</summary>
    private static async Task AnswersAfterAsync(string timeout, TimeSpan wait, int status)
    {
        var time = new FakeTimeProvider();
        await using var mesh = await EchoMesh.StartAsync([EchoApp.Of("a"), EchoApp.Of("c")], [new MeshService("c", 8484)],
            options => options with { Time = time });
        mesh.Begin(Yaml.VirtualService("c", """
            - route: [{destination: {host: c, port: {number: 8484}}, weight: 100}]
              <timeout>
            """.Fill(("timeout", timeout))));
        var pod = mesh.Pod("c-v1-0");
        var answer = pod.Hold();
        var call = mesh.CheckAsync(new Call { Url = "http://c:8484/", Status = status, Flag = status == 504 ? "UT" : "-" });
        await Eventually.UntilAsync(() => !pod.Seen.IsEmpty, "the request never reached the pod");
        time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        if (status == 200)
        {
            answer.SetResult();
        }

        await call.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
