using System.Text.Json.Serialization;

namespace Bookinfo.Mesh.TrafficConsole.Live;

/// <summary>The state's JSON, made when this is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConsoleState))]
internal sealed partial class LiveJson : JsonSerializerContext;
