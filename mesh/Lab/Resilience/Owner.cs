namespace Bookinfo.Mesh.Lab.Resilience;

/// <summary>Who has the pattern.</summary>
[Flags]
internal enum Owner
{
    /// <summary>Neither of them.</summary>
    None = 0,

    /// <summary>The mesh: a rule of Istio's.</summary>
    Mesh = 1,

    /// <summary>The application: Polly in ServiceDefaults.</summary>
    Application = 2,

    /// <summary>Both.</summary>
    Both = Mesh | Application,
}
