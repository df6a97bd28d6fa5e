using System.Net;
using Bookinfo.Tests.Conformance.Harness;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>The requests of one test of kubernetes-sigs/gateway-api, with the resources under which they are sent.</summary>
public sealed class GatewayApiCase
{
    private const string Folder = "GatewayApi/Cases";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();

    /// <summary>The test's file in kubernetes-sigs/gateway-api, as of commit 4564255a of August 2026.</summary>
    public string Source { get; set; } = "";

    /// <summary>The resources.</summary>
    public string Resources { get; set; } = "";

    /// <summary>The requests, in order.</summary>
    public List<GatewayApiCall> Calls { get; set; } = [];

    /// <summary>Conditions that routes have at their parents, by the route's name: <c>Accepted=False NoMatchingParent</c>.</summary>
    public Dictionary<string, List<string>> Conditions { get; set; } = [];

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, Folder), "*.yaml")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
    ];

    public static GatewayApiCase Read(string name) =>
        Yaml.Deserialize<GatewayApiCase>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Folder, $"{name}.yaml")));
}

/// <summary>One request and what is to come of it; what is left out is not looked at.</summary>
public sealed class GatewayApiCall
{
    public string? Name { get; set; }

    /// <summary>Who calls: the namespace of a pod; outside the mesh unless the resources are about a Service.</summary>
    public string? From { get; set; }

    public string? Host { get; set; }

    public string Method { get; set; } = "GET";

    public string Path { get; set; } = "/";

    /// <summary>The method of a gRPC call.</summary>
    public string? Grpc { get; set; }

    /// <summary>The status of a gRPC call that no pod answers.</summary>
    public int? Code { get; set; }

    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>The backend that answers.</summary>
    public string? To { get; set; }

    /// <summary>A status, or those of which one is to come.</summary>
    public object? Status { get; set; }

    public string? SawPath { get; set; }

    public string? SawHost { get; set; }

    public string? SawProtocol { get; set; }

    /// <summary>Headers that the pod sees.</summary>
    public Dictionary<string, string> Saw { get; set; } = [];

    /// <summary>Headers that the pod does not see.</summary>
    public List<string> Absent { get; set; } = [];

    /// <summary>Headers that the pod answers with.</summary>
    public Dictionary<string, string> Respond { get; set; } = [];

    public Dictionary<string, string> Answer { get; set; } = [];

    /// <summary>Headers of the answer with the values of which one is to come.</summary>
    public Dictionary<string, List<string>> AnswerOneOf { get; set; } = [];

    public List<string> AnswerAbsent { get; set; } = [];

    public string? Location { get; set; }

    /// <summary>The backends that get a copy.</summary>
    public List<string> Mirrors { get; set; } = [];

    /// <summary>The share of each backend in percent, of many calls.</summary>
    public Dictionary<string, double> Shares { get; set; } = [];

    public IReadOnlyList<int> Statuses => Status switch
    {
        null => [200],
        IEnumerable<object> several => [.. several.Select(each => int.Parse((string)each, null))],
        _ => [int.Parse((string)Status, null)],
    };

    /// <summary>The call as the harness sends it.</summary>
    /// <param name="from">Who calls where the case does not say.</param>
    /// <param name="host">The host where the case names none.</param>
    public Call ToCall(string from, string host)
    {
        var grpc = Grpc is null ? [] : new Dictionary<string, string> { ["Content-Type"] = "application/grpc", ["TE"] = "trailers" };
        return new Call
        {
            Name = Name,
            From = From is null ? from : GatewayApiMesh.CallerOf(From),
            Method = Grpc is null ? Method : "POST",
            Body = Grpc is null ? null : "",
            Http = Grpc is null ? HttpVersion.Version11 : HttpVersion.Version20,
            Url = $"http://{Host ?? host}{(Grpc is null ? Path : $"/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/{Grpc}")}",
            Headers = Headers.Concat(Respond.Select(header => new KeyValuePair<string, string>($"x-answer-{header.Key}", header.Value)))
                .Concat(grpc).ToDictionary(),
            Status = Statuses[0],
            By = To is null ? Shares.Count > 0 || Statuses[0] == 200 ? null : "" : GatewayApiMesh.WorkloadOf(To),
            SawTarget = SawPath ?? (To is null || Grpc is not null ? null : Path),
            SawHost = SawHost,
            SawProtocol = SawProtocol,
            Saw = Saw.Select(header => new KeyValuePair<string, string?>(header.Key, Joined(header.Value)))
                .Concat(Absent.Select(header => new KeyValuePair<string, string?>(header, null))).ToDictionary(),
            Answer = Answer.Select(header => new KeyValuePair<string, string?>(header.Key, header.Value))
                .Concat(AnswerAbsent.Select(header => new KeyValuePair<string, string?>(header, null)))
                .Concat(Code is null ? [] : [new KeyValuePair<string, string?>("grpc-status", Code.ToString())]).ToDictionary(),
            Location = Location,
            Times = Shares.Count > 0 ? 2000 : 1,
            Shares = Shares.ToDictionary(share => GatewayApiMesh.WorkloadOf(share.Key), share => share.Value),
        };
    }

    private static string Joined(string value) => string.Join(',', value.Split(',', StringSplitOptions.TrimEntries));
}
