using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Testing;

namespace Bookinfo.Cluster.Rendering;

/// <summary>Runs the program without an engine and without a cluster, to see what it would register.</summary>
public static class Renderer
{
    /// <summary>Everything that the program registers for that configuration.</summary>
    /// <param name="configuration">The stack's configuration.</param>
    /// <exception cref="SettingsException">The configuration asks for something that cannot be.</exception>
    public static async Task<Rendering> RenderAsync(StackConfiguration configuration)
    {
        var mocks = new ManifestMocks();
        SettingsException? problem = null;
        try
        {
            var (_, outputs) = await Deployment.TestAsync(mocks,
                new TestOptions { ProjectName = "bookinfo", StackName = "render", IsPreview = false }, () =>
            {
                try
                {
                    return BookinfoCluster.Deploy(configuration);
                }
                catch (SettingsException wrong)
                {
                    problem = wrong;
                    throw;
                }
            });
            return new Rendering(mocks.Resources, outputs.AsReadOnly());
        }
        catch (Exception) when (problem is not null)
        {
            throw problem;
        }
    }
}

/// <summary>What the program registers.</summary>
/// <param name="Resources">The resources in the order in which they were registered.</param>
/// <param name="Outputs">The stack's outputs.</param>
public sealed record Rendering(IReadOnlyList<RegisteredResource> Resources, IReadOnlyDictionary<string, object?> Outputs);
