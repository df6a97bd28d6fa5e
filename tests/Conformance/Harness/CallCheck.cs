namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>Compares a call's result with what its row expects.</summary>
public static class CallCheck
{
    public static async Task RunAsync(Call call, Caller caller)
    {
        var releases = new Dictionary<string, int>();
        for (var turn = 0; turn < call.Times; turn++)
        {
            var reply = await caller.SendAsync(call);
            Look(call, reply);
            if (call.Flag is not null || call.Route is not null)
            {
                var (flags, route) = await caller.Log.FindAsync(reply.RequestId);
                Same(call.Flag, flags, call, reply, "flag");
                Same(call.Route, route, call, reply, "route");
            }

            var release = reply.Echo?.Workload ?? "";
            releases[release] = releases.GetValueOrDefault(release) + 1;
        }

        if (call.Shares.Count > 0)
        {
            Shares.AssertWithin(call.Shares, releases, call.Times);
        }
    }

    private static void Look(Call call, Reply reply)
    {
        Same(call.Status, reply.Status, call, reply, "status");
        Same(call.By, reply.Echo?.Workload ?? "", call, reply, "release");
        Same(call.SawHost, reply.Echo?.Host, call, reply, "Host at the pod");
        Same(call.SawTarget, reply.Echo?.Target, call, reply, "path at the pod");
        Same(call.SawProtocol, reply.Echo?.Protocol, call, reply, "protocol at the pod");
        Same(call.Location, reply.Headers.GetValueOrDefault("location"), call, reply, "Location");
        Same(call.Text, reply.Text, call, reply, "body");
        foreach (var (name, value) in call.Saw)
        {
            Assert.True(reply.Echo is not null, Message(call, reply, "no pod answered"));
            Same(value ?? "(none)", reply.Echo.Headers.GetValueOrDefault(name.ToLowerInvariant(), "(none)"), call, reply,
                $"{name} at the pod");
        }

        foreach (var (name, value) in call.Answer)
        {
            Same(value ?? "(none)", reply.Headers.GetValueOrDefault(name, "(none)"), call, reply, $"{name} in the answer");
        }
    }

    private static void Same<T>(T? expected, T? actual, Call call, Reply reply, string what)
    {
        if (expected is not null)
        {
            Assert.True(EqualityComparer<T>.Default.Equals(expected, actual),
                Message(call, reply, $"{what}: expected <{expected}>, was <{actual}>"));
        }
    }

    private static string Message(Call call, Reply reply, string what) =>
        $"{call.Name} {call.Method} {call.Url} (Host {call.Host ?? "of the URL"}) from {call.From}: {what}\n"
            + $"{reply.Status} {reply.Text}".TrimStart();
}
