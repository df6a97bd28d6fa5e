using System.Text.Json.Serialization;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Load;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.AspNetCore.Mvc;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>The API's types for System.Text.Json, made when this is compiled: starting costs no reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CanaryState))]
[JsonSerializable(typeof(ExplainQuestion))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(IReadOnlyList<RuleChange>))]
[JsonSerializable(typeof(LoadSettings))]
[JsonSerializable(typeof(LoadStatus))]
[JsonSerializable(typeof(List<ProblemEntry>))]
[JsonSerializable(typeof(List<ReleaseShare>))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(List<RequestView>))]
[JsonSerializable(typeof(Resilience))]
[JsonSerializable(typeof(List<ResourceView>))]
[JsonSerializable(typeof(Shift))]
[JsonSerializable(typeof(List<TrafficRow>))]
[JsonSerializable(typeof(TopologyView))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
