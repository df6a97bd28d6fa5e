namespace Bookinfo.AppHost.Commands;

/// <summary>How a pod is broken on purpose, as its fault switch takes it.</summary>
/// <param name="Percent">The share of requests, 0 to 100.</param>
/// <param name="Status">What they are answered with; 0 lets them through after the delay.</param>
/// <param name="DelayMilliseconds">How long they wait first.</param>
internal sealed record Fault(int Status, int DelayMilliseconds, double Percent = 100);
