namespace Bookinfo.Mesh.Rollouts.Scaling;

/// <summary>The pods of a canary's two releases.</summary>
public interface IReplicas
{
    /// <summary>How many pods a release with all the traffic has (<c>spec.replicas</c>).</summary>
    int Total { get; }

    /// <summary>How many pods take requests now.</summary>
    ReplicaCounts Ready { get; }

    /// <summary>Says how many there are to be. It is called again while that stays the same.</summary>
    /// <param name="wanted">How many.</param>
    void Scale(ReplicaCounts wanted);

    /// <summary>The canary is over.</summary>
    /// <param name="isPromoted">Whether its release has all the traffic now.</param>
    void End(bool isPromoted);
}
