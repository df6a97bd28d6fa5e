using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Analysis.Migration.Conversion;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Ingresses;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Offline;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration;

/// <summary>
/// Turns VirtualServices, with their DestinationRules and Gateways, and Ingresses of ingress-nginx into resources of the Gateway API, and
/// proves it: the rules before and after are compared request by request. What cannot come over without requests going elsewhere stays as
/// it is.
/// </summary>
public sealed class RuleMigration
{
    /// <summary>The name by which the proof calls the text that was written.</summary>
    public const string Written = "migrated.yaml";

    private readonly MigrationRequest _request;
    private readonly NginxIngresses _ingresses;
    private readonly MeshOptions _known;
    private readonly RuleSet _before;
    private readonly RuleSet _rules;
    private readonly FindingList _findings = new();
    private readonly BackendServices _backends;
    private readonly HashSet<(string Kind, string Namespace, string Name)> _gone = [];
    private readonly List<GatewayApiResource> _made = [];

    private RuleMigration(MigrationRequest request)
    {
        _request = request;
        _ingresses = NginxIngresses.Read(request.Rules.Ingresses.OfType<Ingress>().Where(ingress => request.IsSelected(ingress)),
            request.Known, request.Channel, _findings);
        _known = request.Known with { Services = _ingresses.WithProtocols(request.Known.Services) };
        _before = request.Rules with
        {
            VirtualServices = [.. request.Rules.VirtualServices, .. _ingresses.Before],
            Gateways = [.. request.Rules.Gateways, .. _ingresses.Gateways],
            Ingresses = [.. request.Rules.Ingresses.Where(ingress => !_ingresses.Gone.Contains(ingress))],
        };
        var assumed = AssumedCluster.Complete(_known, _before, CallerSelector.Anyone);
        _rules = assumed.Rules;
        _backends = new BackendServices(assumed.Rules, assumed.Options, request.Objects);
    }

    /// <summary>Migrates.</summary>
    /// <param name="request">What is to be migrated.</param>
    /// <exception cref="Proxy.Compilation.RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public static MigrationResult Migrate(MigrationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RuleMigration(request).Run();
    }

    private MigrationResult Run()
    {
        var ofIngresses = _ingresses.ToConvert.ToDictionary(Key);
        var services = DelegatedRules.Merge(_rules, _known.ClusterDomain).Where(service => _request.IsSelected(service))
            .Select(service => ofIngresses.GetValueOrDefault(Key(service), service)).ToList();
        var converter = new VirtualServiceConverter(_backends, _request.UsesPathPrefix, _request.Channel);
        var converted = services.Where(service => Convert(service, converter)).ToList();
        ConvertGateways(converted);
        LeaveDelegates();
        LeaveDestinationRules();
        var written = Read(RuleWriter.Write(RuleSet.Empty with { GatewayApi = _made })).Rules;
        return new MigrationResult(written.GatewayApi, [.. _backends.Subsets.Select(subset => subset.ToKubernetes())
            .OfType<KubernetesService>()], _findings.All, Prove(written));
    }

    private RuleReading Read(string text) =>
        RuleReader.Read(Resource.DefaultNamespace, [new RuleSource(Written, text)], _request.Channel);

    /// <summary>Converts a VirtualService; what the API server would refuse is refused here.</summary>
    private bool Convert(VirtualService service, VirtualServiceConverter converter)
    {
        var own = new FindingList();
        try
        {
            var routes = converter.Convert(service, own);
            var text = RuleWriter.Write(RuleSet.Empty with { GatewayApi = [.. routes] });
            if (Read(text).Problems.FirstOrDefault(problem => problem.IsRefusal) is { } problem)
            {
                throw new RefusalException("spec", $"the API server would refuse what comes of it: {problem.Path}: {problem.Message}",
                    problem.Suggestion);
            }

            _made.AddRange(routes);
            _gone.Add(Key(service));
            _findings.Add(own);
            return true;
        }
        catch (RefusalException refusal)
        {
            _findings.Refused(service, refusal);
            return false;
        }
    }

    /// <summary>
    /// Gateways that are selected, and those that routes need. One that VirtualServices still name stays beside its twin.
    /// </summary>
    private void ConvertGateways(List<VirtualService> converted)
    {
        var needed = converted.SelectMany(GatewaysOf).ToHashSet();
        var kept = _rules.VirtualServices.Where(service => !_gone.Contains(Key(service))).SelectMany(GatewaysOf).ToHashSet();
        var gateways = new List<Api.Gateway>();
        foreach (var gateway in _rules.Gateways)
        {
            var name = $"{gateway.Namespace}/{gateway.Name}";
            var isSelected = _request.IsSelected(gateway);
            if ((isSelected || needed.Contains(name)) && !_rules.GatewayApi.Any(other => Key(other) == Key(gateway)))
            {
                gateways.Add(_ingresses.WithTls(GatewayConverter.Convert(gateway, _findings)));
            }

            if (isSelected && !kept.Contains(name))
            {
                _gone.Add(Key(gateway));
            }
        }

        _made.InsertRange(0, gateways);
    }

    private static IEnumerable<string> GatewaysOf(VirtualService service) => service.Gateways
        .Concat(service.Http.SelectMany(http => http.Match).SelectMany(match => match.Gateways))
        .Select(name => GatewayNames.Full(name, service.Namespace));

    /// <summary>A delegate goes with the last VirtualService that delegates to it.</summary>
    private void LeaveDelegates()
    {
        var needed = _rules.VirtualServices.Where(service => service.Hosts.Count > 0 && !_gone.Contains(Key(service)))
            .SelectMany(service => service.Http.Select(rule => rule.Delegate).OfType<Istio.Model.Delegate>()
                .Select(target => (target.Namespace is { Length: > 0 } named ? named : service.Namespace, target.Name))).ToHashSet();
        foreach (var target in _rules.VirtualServices.Where(service => service.Hosts.Count == 0 && _request.IsSelected(service)))
        {
            if (!needed.Contains((target.Namespace, target.Name)))
            {
                _gone.Add(Key(target));
            }
        }
    }

    /// <summary>A DestinationRule goes where no VirtualService needs its subsets any more.</summary>
    private void LeaveDestinationRules()
    {
        var needed = _rules.VirtualServices.Where(service => !_gone.Contains(Key(service)))
            .SelectMany(service => service.Http.SelectMany(DestinationsOf)
                .Where(destination => destination.Subset is not null)
                .Select(destination => _backends.Full(destination.Host, service.Namespace)))
            .ToHashSet();
        foreach (var rule in _rules.DestinationRules)
        {
            var host = _backends.Full(rule.Host, rule.Namespace);
            if (_request.IsSelected(rule) && !needed.Contains(host))
            {
                _gone.Add(Key(rule));
                PolicyLosses.List(rule, _findings);
            }
            else
            {
                foreach (var subset in _backends.Subsets.Where(subset => subset.OfHost == host))
                {
                    var index = rule.Subsets.ToList().FindIndex(each => each.Name == subset.Subset);
                    if (index >= 0)
                    {
                        PolicyLosses.ListSubset(rule, index, _findings);
                    }
                }
            }
        }
    }

    private static IEnumerable<Destination> DestinationsOf(HttpRoute rule) =>
    [
        .. rule.Route.Select(route => route.Destination), .. rule.Mirrors.Select(mirror => mirror.Destination),
        .. rule.Mirror is null ? [] : new[] { rule.Mirror },
    ];

    private RuleDifferences Prove(RuleSet written)
    {
        var after = _before with
        {
            VirtualServices = [.. _before.VirtualServices.Where(IsKept)],
            DestinationRules = [.. _before.DestinationRules.Where(IsKept)],
            Gateways = [.. _before.Gateways.Where(IsKept)],
            GatewayApi = [.. _before.GatewayApi, .. written.GatewayApi],
        };
        var known = _known with
        {
            Services =
            [
                .. _known.Services,
                .. _backends.Subsets.SelectMany(subset => subset.ToMeshServices()).ExceptBy(_known.Services.Select(Identity), Identity),
            ],
        };
        return RuleDiff.Compare(known, _before, after,
            _backends.Subsets.ToDictionary(subset => subset.Host, subset => new SubsetName(subset.OfHost, subset.Subset)));
    }

    private bool IsKept(Resource resource) => !_gone.Contains(Key(resource));

    private static (string, string, int) Identity(MeshService service) => (service.Name, service.Namespace, service.Port);

    private static (string Kind, string Namespace, string Name) Key(Resource resource) =>
        (resource.Kind, resource.Namespace, resource.Name);
}
