using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Reading;

/// <summary>The fields of a case in the project's own format; <c>docs/test.md</c> describes them.</summary>
internal static class RouteTestFields
{
    public static TestCase Read(ObjectReader item, int line) => new()
    {
        Name = Required(item, "name", "what the case is about"),
        Line = line,
        Caller = Caller(item),
        Requests = [Request(item) with { Headers = [.. item.TextMap("headers")] }],
        Expectations = Expectations(item),
    };

    private static string Required(ObjectReader item, string name, string what)
    {
        var text = item.Text(name);
        if (!item.Has(name))
        {
            item.Error(name, $"{name} is required: {what}");
        }

        return text ?? "";
    }

    private static CallerSelector Caller(ObjectReader item)
    {
        var name = item.Text("from");
        var space = item.Text("namespace");
        var labels = item.TextMap("labels");
        if (name is not null && (item.Has("namespace") || item.Has("labels")))
        {
            item.Error("from", "from names the caller, so namespace and labels have no effect", "leave out from, or the other two");
        }

        return name is not null ? new CallerSelector { Name = name }
            : space is null && labels.Count == 0 ? CallerSelector.Gateway
            : new CallerSelector { Namespace = space ?? "default", Labels = labels };
    }

    private static SampleRequest Request(ObjectReader item)
    {
        var text = Required(item, "request", "a method and a URL, such as GET http://reviews:9080/reviews/0");
        if (RequestText.Parse(text) is { } request)
        {
            return request;
        }

        if (text.Length > 0)
        {
            item.Error("request", $"{Messages.Quote(text)} is not a request",
                "write a method and a URL, such as GET http://reviews:9080/reviews/0");
        }

        return new SampleRequest { Authority = "" };
    }

    private static List<Expectation> Expectations(ObjectReader item)
    {
        var expectations = new List<Expectation>();
        _ = item.Object("expect", "expectation", expect =>
        {
            expectations.AddRange(ExpectationFields.Read(expect));
            return expect;
        });
        if (!item.Has("expect") || (expectations.Count == 0 && !item.HasErrors))
        {
            item.Error("expect", "the case expects nothing", "write expect: with at least a destination, a redirect or a response");
        }

        return expectations;
    }
}
