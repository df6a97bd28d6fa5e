using System.Globalization;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Istio.Reading;

namespace Bookinfo.Mesh.Analysis.Testing.Reading;

/// <summary>The fields of <c>expect</c>. One that is left out is not looked at.</summary>
internal static class ExpectationFields
{
    public static IReadOnlyList<Expectation> Read(ObjectReader expect) =>
        [.. Destinations(expect), .. Answers(expect), .. Way(expect), .. Headers(expect)];

    private static IEnumerable<Expectation> Destinations(ObjectReader expect)
    {
        var subset = expect.Text("subset");
        if (expect.Text("destination") is { } destination)
        {
            var (host, port) = HostAndPort(expect, "destination", destination);
            yield return new DestinationExpectation(host, port, subset);
        }
        else if (expect.Has("subset"))
        {
            expect.Error("subset", "subset is of a destination", "write destination: too");
        }

        var shares = expect.Objects("destinations", "share", Share);
        if (shares.Count > 0)
        {
            yield return new SplitExpectation(shares);
        }

        var mirrors = expect.Objects("mirrors", "share", Share);
        if (expect.Has("mirrors"))
        {
            yield return new MirrorsExpectation(mirrors);
        }
    }

    private static ExpectedShare Share(ObjectReader share)
    {
        var (host, port) = HostAndPort(share, "destination", share.Text("destination") ?? "");
        return new ExpectedShare(host, port, share.Text("subset"), share.Number("percent") ?? 100);
    }

    private static (string Host, int? Port) HostAndPort(ObjectReader owner, string field, string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon >= 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return (text[..colon], port);
        }

        if (text.Length == 0 || colon >= 0)
        {
            owner.Error(field, "a destination is a host, with or without a port", "write it as reviews or reviews:9080");
        }

        return (text, null);
    }

    private static IEnumerable<Expectation> Answers(ObjectReader expect)
    {
        if (expect.Object("redirect", "redirect",
            redirect => new RedirectExpectation(redirect.Text("location"), redirect.UInt32("status"))) is { } moved)
        {
            yield return moved;
        }

        if (expect.Object("response", "response", response =>
        {
            if (!response.Has("status"))
            {
                response.Error("status", "the status is required", "write status: 404");
            }

            return new ResponseExpectation(response.UInt32("status") ?? 0, response.Text("flag"), response.Text("body"));
        }) is { } answer)
        {
            yield return answer;
        }

        if (expect.Boolean("passthrough") is { } passes)
        {
            yield return new PassthroughExpectation(passes);
        }
    }

    private static IEnumerable<Expectation> Way(ObjectReader expect)
    {
        if (expect.Text("path") is { } path)
        {
            yield return new TextExpectation("path", path, outcome => outcome.Path);
        }

        if (expect.Text("authority") is { } authority)
        {
            yield return new TextExpectation("authority", authority,
                outcome => outcome.Destinations.Select(destination => destination.Authority).FirstOrDefault());
        }

        if (expect.Object("fault", "HTTPFaultInjection", HttpPolicyFields.Fault) is { } fault)
        {
            yield return new FaultExpectation(fault);
        }

        if (expect.Duration("timeout") is { } timeout)
        {
            yield return new TimeoutExpectation(timeout);
        }

        if (expect.Object("retries", "HTTPRetry", HttpPolicyFields.Retry) is { } retries)
        {
            yield return new RetriesExpectation(retries);
        }

        if (expect.Text("rule") is { } rule)
        {
            yield return new RuleExpectation(rule);
        }

        if (expect.Text("route") is { } route)
        {
            yield return new TextExpectation("route", route, outcome => outcome.RouteName);
        }
    }

    private static IEnumerable<Expectation> Headers(ObjectReader expect)
    {
        var sets = new[]
        {
            (What: "requestHeaders", IsOfResponse: false, Present: expect.TextMap("requestHeaders"),
                Absent: expect.Texts("noRequestHeaders")),
            (What: "responseHeaders", IsOfResponse: true, Present: expect.TextMap("responseHeaders"),
                Absent: expect.Texts("noResponseHeaders")),
        };
        return sets.SelectMany(set => set.Present
            .Select(header => new HeaderExpectation(set.What, header.Key, header.Value, set.IsOfResponse))
            .Concat(set.Absent.Select(name => new HeaderExpectation(set.What, name, null, set.IsOfResponse))));
    }
}
