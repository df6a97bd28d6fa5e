namespace Bookinfo.ServiceDefaults.Faults;

/// <summary>How a pod is broken on purpose.</summary>
/// <param name="Percent">The share of requests that fail, 0 to 100.</param>
/// <param name="Status">The HTTP status they fail with, 400 to 599; 0 lets them through after the delay.</param>
/// <param name="Delay">How long they wait first.</param>
internal sealed record Fault(double Percent, int Status, TimeSpan Delay);
