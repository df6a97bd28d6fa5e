namespace Bookinfo.Mesh.Proxy.Endpoints;

/// <summary>What one caller holds against one endpoint. Outlives the rules.</summary>
internal sealed class HostHealth
{
    private long _ejectedUntil;

    /// <summary>5xx answers in a row.</summary>
    public int Consecutive5xx;

    /// <summary>502, 503 and 504 answers in a row.</summary>
    public int ConsecutiveGatewayErrors;

    /// <summary>Failures of the connection in a row, where they are counted apart.</summary>
    public int ConsecutiveLocalFailures;

    /// <summary>How many times the base time it is left out for; one more with each ejection, one less with each healthy sweep.</summary>
    public int Multiplier { get; set; }

    /// <summary>Ejections so far.</summary>
    public int Ejections { get; set; }

    /// <summary>Until when it is left out, in UTC ticks.</summary>
    public long EjectedUntil
    {
        get => Volatile.Read(ref _ejectedUntil);
        set => Volatile.Write(ref _ejectedUntil, value);
    }

    public bool IsEjected(DateTimeOffset now) => EjectedUntil > now.UtcTicks;
}
