using System.Text.Json.Serialization;

namespace Bookinfo.Mesh.TrafficConsole.Canary;

/// <summary>A canary's JSON, made when this is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CanaryState))]
[JsonSerializable(typeof(CanaryStatus))]
public sealed partial class CanaryJson : JsonSerializerContext;
