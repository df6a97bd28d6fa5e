using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Expectations;

/// <summary>One thing that a test expects of what becomes of a request.</summary>
/// <param name="what">What it is about, such as <c>destination</c>.</param>
public abstract class Expectation(string what)
{
    /// <summary>What it is about, by the name that the file has for it.</summary>
    public string What => what;

    /// <summary>What does not hold; null where it holds.</summary>
    /// <param name="observed">What becomes of the request.</param>
    public abstract Mismatch? Check(Observation observed);

    /// <summary>A mismatch where the two texts differ.</summary>
    protected Mismatch? Compare(string expected, string actual) =>
        string.Equals(expected, actual, StringComparison.Ordinal) ? null : new Mismatch(What, expected, actual);
}

/// <summary>What was expected and what came.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What came.</param>
public sealed record Mismatch(string What, string Expected, string Actual);

/// <summary>What becomes of a request, and what is needed to judge it.</summary>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Delegate">
/// The reference to a delegate in the rule that the request takes first, without its delegate's routes; null where it takes no such rule.
/// </param>
/// <param name="Request">The request.</param>
/// <param name="Namespace">The namespace of names that have none.</param>
/// <param name="ClusterDomain">The cluster's DNS domain.</param>
public sealed record Observation(RouteOutcome Outcome, Mesh.Istio.Model.Delegate? Delegate, SampleRequest Request, string Namespace,
    string ClusterDomain)
{
    /// <summary>A host in full.</summary>
    /// <param name="host">The host as a rule or test has it.</param>
    /// <param name="namespace">The namespace of a short name; null for the caller's.</param>
    public string FullHost(string host, string? @namespace = null) => HostNames.Full(host, @namespace ?? Namespace, ClusterDomain);
}
