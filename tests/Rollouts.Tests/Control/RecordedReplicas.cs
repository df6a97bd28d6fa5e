using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Tests.Rollouts.Control;

/// <summary>Pods that become ready when a test says so.</summary>
internal sealed class RecordedReplicas(int total, int canary = 0) : IReplicas
{
    public ReplicaCounts Wanted { get; private set; }

    /// <summary>How it ended; null while it has not.</summary>
    public bool? IsPromoted { get; private set; }

    public int Total => total;

    public ReplicaCounts Ready { get; set; } = new(total, canary);

    public void Scale(ReplicaCounts wanted) => (Wanted, IsPromoted) = (wanted, null);

    public void End(bool isPromoted) => IsPromoted = isPromoted;
}
