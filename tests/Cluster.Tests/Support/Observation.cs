using System.Collections.Immutable;
using Bookinfo.Cluster;
using Bookinfo.Cluster.Rendering;
using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Bookinfo.Tests.Cluster.Support;

/// <summary>The program run under mocks, with what it registered and how: inputs, parents, dependencies, ignored changes.</summary>
internal sealed class Observation
{
    private Observation(IReadOnlyList<Observed> resources, IReadOnlyDictionary<string, object?> outputs)
    {
        Resources = resources;
        Outputs = outputs;
    }

    public IReadOnlyList<Observed> Resources { get; }

    public IReadOnlyDictionary<string, object?> Outputs { get; }

    /// <summary>The manifests only.</summary>
    public IReadOnlyList<Observed> Manifests =>
        [.. Resources.Where(resource => resource.Tree["kind"].Exists && resource.Tree["apiVersion"].Exists)];

    /// <summary>The manifests of a kind.</summary>
    public IReadOnlyList<Observed> OfKind(string kind) => [.. Manifests.Where(manifest => manifest.Kind == kind)];

    /// <summary>The manifest of that kind and name.</summary>
    public Observed Manifest(string kind, string name) =>
        Assert.Single(Manifests, manifest => manifest.Kind == kind && manifest.ManifestName == name);

    public async Task<string> OutputAsync(string name) =>
        (await OutputUtilities.GetValueAsync(Assert.IsType<Output<string>>(Outputs[name])))!;

    /// <summary>Runs the program with these <c>key=value</c> assignments.</summary>
    public static Task<Observation> OfAsync(params string[] config) => OfAsync(config, new ManifestMocks());

    /// <summary>The same with passwords that stay what they are from run to run, as they do in a stack's state.</summary>
    public static Task<Observation> OfAStackAsync(IReadOnlyList<string> config) =>
        OfAsync(config, new ManifestMocks((name, length) => name.PadRight(length, 'x')));

    private static async Task<Observation> OfAsync(IReadOnlyList<string> config, ManifestMocks mocks)
    {
        var seen = new List<(Resource Resource, ResourceOptions Options)>();
        var run = new Run(StackConfiguration.Of(null, config), seen);
        await Deployment.TestWithServiceProviderAsync<ObservedStack>(mocks, run,
            new TestOptions { ProjectName = "bookinfo", StackName = "test", IsPreview = false });

        var inputs = mocks.Resources.ToDictionary(resource => (resource.Type, resource.Name), resource => resource.Inputs);
        List<Observed> resources = [];
        foreach (var (resource, options) in seen)
        {
            // What is only read was registered by somebody else.
            if (inputs.TryGetValue((resource.GetResourceType(), resource.GetResourceName()), out var tree))
            {
                ImmutableArray<Resource> dependencies = await OutputUtilities.GetValueAsync<ImmutableArray<Resource>>(options.DependsOn);
                resources.Add(new Observed(resource, tree, options, [.. dependencies.Select(Id)]));
            }
        }

        return new Observation(resources, run.Outputs);
    }

    /// <summary><c>type::name</c>.</summary>
    public static string Id(Resource resource) => $"{resource.GetResourceType()}::{resource.GetResourceName()}";

    private sealed class Run(StackConfiguration configuration, List<(Resource, ResourceOptions)> seen) : IServiceProvider
    {
        public IReadOnlyDictionary<string, object?> Outputs { get; private set; } = new Dictionary<string, object?>();

        public object GetService(Type serviceType)
        {
            var stack = new ObservedStack(seen);
            Outputs = BookinfoCluster.Deploy(configuration).AsReadOnly();
            return stack;
        }
    }

    private sealed class ObservedStack(List<(Resource, ResourceOptions)> seen) : Stack(new StackOptions
    {
        ResourceTransformations =
        {
            args =>
            {
                lock (seen)
                {
                    seen.Add((args.Resource, args.Options));
                }

                return null;
            },
        },
    });
}

/// <summary>A resource as it was registered.</summary>
internal sealed record Observed(Resource Resource,
    ImmutableDictionary<string, object> Inputs, ResourceOptions Options, IReadOnlyList<string> DependsOn)
{
    public Resource? Parent => Options.Parent;

    public IReadOnlyList<string> IgnoreChanges => Options.IgnoreChanges;

    public bool IsProtected => Options.Protect is true;

    public string Type => Resource.GetResourceType();

    public string Name => Resource.GetResourceName();

    public string Id => Observation.Id(Resource);

    public Tree Tree => new(Inputs);

    public string Kind => Tree["kind"].Text;

    public string ManifestName => Tree["metadata"]["name"].Text;

    public override string ToString() => Tree["kind"].Exists ? $"{Kind}/{ManifestName}" : Id;
}
