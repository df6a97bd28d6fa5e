using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Bookinfo.Cluster.Pods;

/// <summary>What Pod Security "restricted" asks of a pod and its containers, and a read-only root file system.</summary>
internal static class PodSecurity
{
    /// <summary>The user <c>app</c> of Microsoft's images, by number: the kubelet cannot tell of a name that it is not root.</summary>
    public const int DotnetUser = 1654;

    /// <summary>For the whole pod.</summary>
    /// <param name="user">The user and group that the containers run as; volumes belong to the group.</param>
    public static PodSecurityContextArgs Pod(int user) => new()
    {
        RunAsNonRoot = true,
        RunAsUser = user,
        RunAsGroup = user,
        FsGroup = user,
        // Only where the volume's root does not belong to the group yet: on a large volume a walk at each start takes minutes.
        FsGroupChangePolicy = "OnRootMismatch",
        SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
    };

    /// <summary>For each container.</summary>
    public static SecurityContextArgs Container() => new()
    {
        AllowPrivilegeEscalation = false,
        ReadOnlyRootFilesystem = true,
        Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
    };

    /// <summary>A folder in the pod that can be written to, and is gone with it.</summary>
    /// <param name="name">The volume's name.</param>
    /// <param name="limit">The most that it takes, for example <c>64Mi</c>.</param>
    public static VolumeArgs Scratch(string name, string limit) => new()
    {
        Name = name,
        EmptyDir = new EmptyDirVolumeSourceArgs { SizeLimit = limit },
    };
}
