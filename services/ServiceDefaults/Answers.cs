using System.Text.Json.Serialization;

namespace Bookinfo.ServiceDefaults;

/// <summary>The JSON of a service's <c>/health</c>.</summary>
/// <param name="Status">A sentence, for example <c>Ratings is healthy</c>.</param>
public sealed record HealthAnswer(string Status);

/// <summary>The JSON of an error in the contract of Bookinfo.</summary>
/// <param name="Error">A sentence.</param>
public sealed record ErrorAnswer(string Error);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class AnswersJson : JsonSerializerContext;
