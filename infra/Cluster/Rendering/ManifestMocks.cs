using System.Collections.Immutable;
using System.Security.Cryptography;
using Pulumi.Testing;

namespace Bookinfo.Cluster.Rendering;

/// <summary>
/// Stands in for the engine and the cluster: takes what the program registers, gives it back as if it had been created, and keeps it in the
/// order in which it came.
/// </summary>
/// <param name="password">Makes up the password of that name and length; null for a random one.</param>
public sealed class ManifestMocks(Func<string, int, string>? password = null) : IMocks
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly List<RegisteredResource> _resources = [];
    private readonly Lock _lock = new();

    /// <summary>What was registered so far.</summary>
    public IReadOnlyList<RegisteredResource> Resources
    {
        get
        {
            lock (_lock)
            {
                return [.. _resources];
            }
        }
    }

    /// <inheritdoc />
    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        // With an id it is somebody else's and only read.
        if (string.IsNullOrEmpty(args.Id))
        {
            lock (_lock)
            {
                _resources.Add(new RegisteredResource(args.Type ?? "", args.Name ?? "", args.Inputs));
            }
        }

        var state = args.Type == "random:index/randomPassword:RandomPassword"
            ? args.Inputs.Add("result", MakeUp(args.Name ?? "", Convert.ToInt32(args.Inputs["length"])))
            : args.Inputs;
        return Task.FromResult<(string?, object)>((args.Id is { Length: > 0 } id ? id : $"{args.Name}-id", state));
    }

    /// <inheritdoc />
    public Task<object> CallAsync(MockCallArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return Task.FromResult<object>(args.Args);
    }

    private string MakeUp(string name, int length) => password?.Invoke(name, length) ?? RandomNumberGenerator.GetString(Letters, length);
}

/// <summary>A resource as the program registered it.</summary>
/// <param name="Type">Pulumi's type token, for example <c>kubernetes:apps/v1:Deployment</c> or <c>bookinfo:cluster:BookService</c>.</param>
/// <param name="Name">Pulumi's name for it.</param>
/// <param name="Inputs">Its inputs; for a Kubernetes resource the manifest.</param>
public sealed record RegisteredResource(string Type, string Name, ImmutableDictionary<string, object> Inputs)
{
    /// <summary>Whether it is a manifest: a resource of Kubernetes itself or of a custom kind, and no Helm release.</summary>
    public bool IsManifest =>
        Type.StartsWith("kubernetes:", StringComparison.Ordinal) && Inputs.ContainsKey("apiVersion") && Inputs.ContainsKey("kind");

    /// <summary>Whether it is a Helm release.</summary>
    public bool IsHelmRelease => Type == "kubernetes:helm.sh/v3:Release";
}
