using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Routing;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>What happens to a request by its route, in the order it happens.</summary>
internal static class RouteSteps
{
    public static IEnumerable<string> Of(Route route, RequestInfo info)
    {
        if (route.Fault?.Rule.Delay is { } delay)
        {
            yield return $"{delay.Percentage ?? 0:0.##} % wait for {delay.FixedDelay.TotalSeconds:0.###} s on purpose (flag DI)";
        }

        if (route.Fault?.Rule.Abort is { } abort)
        {
            yield return $"{abort.Percentage ?? 0:0.##} % are answered {abort.GrpcStatus ?? $"{abort.HttpStatus}"} on purpose (flag FI); "
                + "retries, mirrors and the timeout of this rule do not touch them";
        }

        if (route.Cors is not null)
        {
            yield return "a preflight from an allowed origin is answered by the mesh";
        }

        if (route.Action is not ForwardAction forward)
        {
            yield break;
        }

        if (forward.PathRewrite is not null)
        {
            yield return $"the path is rewritten ({forward.PathRewrite}): {info.Target} becomes {forward.TargetFor(info)}";
        }

        if (forward.Authority is not null)
        {
            yield return $"the Host becomes {forward.Authority}";
        }

        if (forward.RequestHeaders is not null)
        {
            yield return $"request headers change: {forward.RequestHeaders}";
        }

        if (route.ResponseHeaders is not null)
        {
            yield return $"response headers change: {route.ResponseHeaders}";
        }

        foreach (var mirror in forward.Plan.Mirrors)
        {
            yield return $"{mirror.Percent:0.##} % are copied to {mirror.Destination?.Name ?? "a destination that does not exist"}";
        }

        if (forward.Session is not null)
        {
            yield return $"requests of one session go to one pod, {forward.Session}";
        }

        yield return forward.Plan.Timeout > TimeSpan.Zero
            ? $"all tries together have {forward.Plan.Timeout.Value.TotalSeconds:0.###} s, then 504 (flag UT)"
            : "there is no timeout";
        yield return Retries(forward.Plan.Retries);
    }

    private static string Retries(RetryPolicy? policy) => policy is null
        ? "there are no retries"
        : $"at most {policy.Retries} retries on {policy.RetryOn}"
            + (policy.PerTryTimeout is { } limit ? $", each try with {limit.TotalSeconds:0.###} s" : "")
            + (policy.AvoidsTriedHosts ? ", on a pod not tried before where there is one" : "");
}
