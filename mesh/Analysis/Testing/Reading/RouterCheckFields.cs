using System.Globalization;
using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Reading;

/// <summary>
/// The fields of a test of Envoy's router_check_tool (<c>test/tools/router_check/validation.proto</c> of envoyproxy/envoy), with the names
/// that clusters and virtual hosts have on Istio. It knows no callers, so the gateway is asked where it serves the host, otherwise a pod.
/// </summary>
internal static class RouterCheckFields
{
    public static TestCase Read(ObjectReader item, int line)
    {
        var input = item.Object("input", "ValidationInput", Input);
        var expectations = new List<Expectation>();
        _ = item.Object("validate", "ValidationAssert", validate =>
        {
            expectations.AddRange(Validate(validate, input));
            return validate;
        });
        foreach (var name in (string[])["input", "validate"])
        {
            if (!item.Has(name))
            {
                item.Error(name, $"{name} is required");
            }
        }

        return new TestCase
        {
            Name = item.Text("test_name") ?? "",
            Line = line,
            Caller = CallerSelector.Anyone,
            Requests = input is null ? [] : [input.Request],
            Expectations = expectations,
        };
    }

    private static CheckInput Input(ObjectReader input)
    {
        // A runtime key switches parts of a route on and off. Istio's routes have none, so it changes nothing.
        input.Skip("runtime");
        var target = input.Text("path") ?? "/";
        var headers = Headers(input, "additional_request_headers").Concat(Headers(input, "additional_headers")).ToList();
        if (input.Boolean("internal") == true)
        {
            headers.Add(KeyValuePair.Create("x-envoy-internal", "true"));
        }

        var request = RequestText.AtTarget(target) with
        {
            Authority = input.Text("authority") ?? "",
            Method = input.Text("method") ?? "GET",
            Scheme = input.Boolean("ssl") == true ? "https" : "http",
            Headers = headers,
        };
        return new CheckInput(request, input.UInt64("random_value") ?? 0,
            Headers(input, "additional_response_headers").GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => string.Join(',', group.Select(header => header.Value)),
                    StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(ObjectReader owner, string name) =>
        owner.Objects(name, "HeaderValue", Header).Select(header => KeyValuePair.Create(header.Name, header.Value));

    private static HeaderText Header(ObjectReader header) => new(header.Text("key") ?? "", header.Text("value") ?? "");

    private static IEnumerable<Expectation> Validate(ObjectReader validate, CheckInput? input)
    {
        var random = input?.Random ?? 0;
        (string Name, Func<RouteOutcome, OutcomeDestination, string> Read)[] picked =
        [
            ("cluster_name", (_, destination) => destination.Cluster),
            ("path_rewrite", (outcome, _) => outcome.Path ?? ""),
            ("host_rewrite", (_, destination) => destination.Authority),
        ];
        foreach (var (name, read) in picked)
        {
            if (validate.Text(name) is { } expected)
            {
                yield return new PickedExpectation(name, expected, random, read);
            }
        }

        (string Name, Func<RouteOutcome, string?> Read)[] texts =
        [
            ("virtual_host_name", outcome => outcome.Destinations.Count > 0 ? outcome.VirtualHost : null),

            // Istio makes no virtual clusters; Envoy's own name for a request of none is "other".
            ("virtual_cluster_name", outcome => outcome.Destinations.Count > 0 ? "other" : null),
            ("path_redirect", outcome => outcome.Location),
        ];
        foreach (var (name, read) in texts)
        {
            if (validate.Text(name) is { } expected)
            {
                yield return new RouteTextExpectation(name, expected, read);
            }
        }

        if (validate.UInt32("code_redirect") is { } code)
        {
            yield return new RouteTextExpectation("code_redirect", code.ToString(CultureInfo.InvariantCulture),
                outcome => outcome.Status?.ToString(CultureInfo.InvariantCulture));
        }

        if (validate.Duration("timeout") is { } timeout)
        {
            yield return new TimeoutExpectation(timeout);
        }

        foreach (var expectation in HeaderExpectations(validate, random, input?.ResponseHeaders ?? new Dictionary<string, string>()))
        {
            yield return expectation;
        }
    }

    private static IEnumerable<Expectation> HeaderExpectations(ObjectReader validate, ulong random,
        IReadOnlyDictionary<string, string> response)
    {
        foreach (var name in (string[])["header_fields", "custom_header_fields", "request_header_fields"])
        {
            foreach (var (header, value) in Headers(validate, name))
            {
                yield return new HeaderMatchExpectation(name, new HeaderMatch(header) { Exact = value }, random, null);
            }
        }

        foreach (var (header, value) in Headers(validate, "response_header_fields"))
        {
            yield return new HeaderMatchExpectation("response_header_fields", new HeaderMatch(header) { Exact = value }, random, response);
        }

        foreach (var matcher in validate.Objects("request_header_matches", "HeaderMatcher", HeaderMatcherFields.Read))
        {
            yield return new HeaderMatchExpectation("request_header_matches", matcher, random, null);
        }

        foreach (var matcher in validate.Objects("response_header_matches", "HeaderMatcher", HeaderMatcherFields.Read))
        {
            yield return new HeaderMatchExpectation("response_header_matches", matcher, random, response);
        }
    }

    private sealed record HeaderText(string Name, string Value);

    private sealed record CheckInput(SampleRequest Request, ulong Random, IReadOnlyDictionary<string, string> ResponseHeaders);
}

/// <summary>The fields of Envoy's HeaderMatcher, with those that are deprecated in favor of <c>string_match</c>.</summary>
internal static class HeaderMatcherFields
{
    public static HeaderMatch Read(ObjectReader matcher)
    {
        var texts = matcher.Object("string_match", "StringMatcher", StringMatch);
        var present = matcher.Boolean("present_match") ?? matcher.Boolean("presence_match");
        return new HeaderMatch(matcher.Text("name") ?? "")
        {
            Exact = matcher.Text("exact_match") ?? texts?.Exact,
            Prefix = matcher.Text("prefix_match") ?? texts?.Prefix,
            Suffix = matcher.Text("suffix_match") ?? texts?.Suffix,
            Contains = matcher.Text("contains_match") ?? texts?.Contains,
            Regex = Regex(matcher, "safe_regex_match") ?? texts?.Regex,
            IsPresent = present ?? true,
            IsInverted = matcher.Boolean("invert_match") ?? false,
        };
    }

    private static HeaderMatch StringMatch(ObjectReader text) => new("")
    {
        Exact = text.Text("exact"),
        Prefix = text.Text("prefix"),
        Suffix = text.Text("suffix"),
        Contains = text.Text("contains"),
        Regex = Regex(text, "safe_regex"),
    };

    private static string? Regex(ObjectReader owner, string name) => owner.Object(name, "RegexMatcher", regex =>
    {
        regex.Skip("google_re2");
        var text = regex.Text("regex") ?? "";
        if (Re2.FindError(text) is { } error)
        {
            regex.Error("regex", $"{Messages.Quote(text)} is not an RE2 expression: {error}");
        }

        return text;
    });
}
