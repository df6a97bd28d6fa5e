using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.Analysis.Testing;

/// <summary>Runs tests of rules. Nothing listens and nothing is sent.</summary>
public sealed class RuleTests
{
    private readonly AssumedCluster _cluster;
    private readonly OfflineMesh _mesh;
    private readonly Lazy<OfflineMesh?> _roots;

    private RuleTests(AssumedCluster cluster)
    {
        _cluster = cluster;
        _mesh = cluster.Compile();
        _roots = new Lazy<OfflineMesh?>(() => DelegatingRules.Compile(cluster));
    }

    /// <summary>Runs the cases of a file.</summary>
    /// <param name="file">The file, without problems.</param>
    /// <param name="known">What is known of the cluster. What the rules name beside it is taken to exist.</param>
    /// <param name="rules">The rules.</param>
    /// <exception cref="Proxy.Compilation.RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public static TestFileResult Run(TestFile file, MeshOptions known, RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(file);
        var cluster = AssumedCluster.Complete(known, rules, file.Cases.Select(test => test.Caller));
        var tests = new RuleTests(cluster);
        return new TestFileResult(file, [.. file.Cases.SelectMany(test => tests.Run(file.Format, test))], cluster.Notes, tests._mesh.Rules);
    }

    private IEnumerable<CaseResult> Run(TestFormat format, TestCase test) => test.Requests.Select(request => Run(format, test, request));

    private CaseResult Run(TestFormat format, TestCase test, SampleRequest request)
    {
        var words = $"{request.Method} {request.Scheme}://{request.Authority}{request.Path}"
            + (request.Query.Length > 0 ? $"?{request.Query}" : "");
        var roots = format == TestFormat.IstioConfigValidator ? _roots.Value : null;
        if (CallerOf(test.Caller, request, roots ?? _mesh) is not { } caller)
        {
            var known = string.Join(", ", _mesh.Callers.Where(each => each.Workload.App.Length > 0).Select(each => each.Name));
            return new CaseResult
            {
                Case = test,
                Request = words,
                Caller = test.Caller.MeshName,
                Mismatches = [new Mismatch("from", test.Caller.MeshName, $"no caller is called that; known are {known}")],
                Notes = [],
            };
        }

        var outcome = caller.Decide(request);
        var reference = roots is null ? null : DelegatingRules.Find(roots, caller.Name, request);
        var observed =
            new Observation(outcome, reference, request, caller.IsGateway ? _cluster.Options.Namespace : caller.Workload.Namespace,
            _cluster.Options.ClusterDomain);
        List<Mismatch> mismatches = [.. test.Expectations.Select(expectation => expectation.Check(observed)).OfType<Mismatch>()];
        return new CaseResult
        {
            Case = test,
            Request = words,
            Caller = caller.Name,
            Mismatches = mismatches,
            Notes = [.. ForeignNotes.Of(format, observed)],
            Rule = outcome.Rule,
            Explanation = mismatches.Count == 0 ? null : _mesh.Explain(caller.Name, request).ToString(),
        };
    }

    /// <summary>The caller that a case means; for one that means anyone, a caller that has a rule for the request.</summary>
    private OfflineCaller? CallerOf(CallerSelector selector, SampleRequest request, OfflineMesh asked)
    {
        var isGateway = selector.IsAnyone && asked.FindCaller(selector.MeshName) is { } pod && !HasRule(pod.Decide(request))
            && asked.FindCaller("gateway")?.FindHost(request.Authority) is not null;
        return _mesh.FindCaller(isGateway ? "gateway" : selector.MeshName);
    }

    /// <summary>Whether a rule decides, if only that there is no route.</summary>
    private static bool HasRule(RouteOutcome outcome) => outcome.Rule is not null || outcome.Kind == OutcomeKind.NoRoute;
}
