namespace Bookinfo.ServiceDefaults;

/// <summary>The JSON of a service's <c>/health</c>.</summary>
/// <param name="Status">A sentence, for example <c>Ratings is healthy</c>.</param>
public sealed record HealthAnswer(string Status);

/// <summary>The JSON of an error in the contract of Bookinfo.</summary>
/// <param name="Error">A sentence.</param>
public sealed record ErrorAnswer(string Error);
