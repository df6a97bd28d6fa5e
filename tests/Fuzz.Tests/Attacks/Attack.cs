using System.Net;
using Bookinfo.Tests.Fuzz.Callers;
using Bookinfo.Tests.Fuzz.Reference;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Which listener of the mesh takes the connection.</summary>
public enum Listener
{
    /// <summary>The ingress gateway, for callers from outside.</summary>
    Gateway,

    /// <summary>A pod's own outbound listener.</summary>
    Sidecar,
}

/// <summary>What one hostile connection sends, in a form that can be made smaller.</summary>
public abstract record Attack(Listener Listener)
{
    /// <summary>Who sends it, in reports.</summary>
    public const string Caller = "the attacker";

    /// <summary>The requests in it, as the RFCs and Envoy read them.</summary>
    public abstract SentRequests Read();

    /// <summary>Sends it and waits for the answers.</summary>
    /// <param name="listener">Where the listener is.</param>
    /// <param name="timeout">How long a request that is whole may go unanswered.</param>
    public abstract Task<Conversation> RunAsync(IPEndPoint listener, TimeSpan timeout);

    /// <summary>The same with other markers, so that each run is known apart.</summary>
    public abstract Attack Renew(Random random);

    /// <summary>Attacks that are a little smaller, the boldest first.</summary>
    public abstract IEnumerable<Attack> Shrink();

    /// <summary>For a report: what to send to see the same.</summary>
    public abstract string Print();
}
