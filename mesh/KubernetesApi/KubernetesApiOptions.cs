using System.Net;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bookinfo.Mesh.KubernetesApi;

/// <summary>What a server serves, and where it listens.</summary>
public sealed record KubernetesApiOptions
{
    /// <summary>Where it listens, on loopback; port 0 takes a free port.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>Makes what it serves, at the first request.</summary>
    public required Func<ApiCluster> Cluster { get; init; }

    /// <summary>The file in which clients find the server.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>The namespace where a client names none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where ids and generated names come from.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where it logs; nowhere unless told otherwise.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
