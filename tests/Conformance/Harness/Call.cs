using System.Net;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>One request of a case and what is to come of it; what is left null is not looked at.</summary>
public sealed record Call
{
    /// <summary>Stands between several values of one request header, each sent on a line of its own.</summary>
    public const char NextValue = '|';

    /// <summary>Istio's name of the step where a case has several.</summary>
    public string? Name { get; init; }

    /// <summary>Pod that calls, or <see cref="EchoMesh.Gateway"/> for somebody outside.</summary>
    public string From { get; init; } = "a-v1-0";

    public string Method { get; init; } = "GET";

    /// <summary>
    /// The URL as the caller writes it. Its host is the Host header unless <see cref="Host"/> says otherwise; the connection goes to the
    /// mesh.
    /// </summary>
    public required string Url { get; init; }

    public string? Host { get; init; }

    public Version Http { get; init; } = HttpVersion.Version11;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? Body { get; init; }

    /// <summary>Goes on to where a 3xx points, as a browser does.</summary>
    public bool FollowRedirects { get; init; }

    /// <summary>Expected status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Expected release that answered, e.g. <c>c-v1</c>; the empty string: no pod.</summary>
    public string? By { get; init; }

    /// <summary>The Host that the pod saw.</summary>
    public string? SawHost { get; init; }

    /// <summary>The path and query that the pod saw.</summary>
    public string? SawTarget { get; init; }

    /// <summary>The protocol that the pod was spoken to with.</summary>
    public string? SawProtocol { get; init; }

    /// <summary>Request headers that the pod saw; a null value: it saw none of that name.</summary>
    public IReadOnlyDictionary<string, string?> Saw { get; init; } = new Dictionary<string, string?>();

    /// <summary>Response headers; a null value: none of that name.</summary>
    public IReadOnlyDictionary<string, string?> Answer { get; init; } = new Dictionary<string, string?>();

    /// <summary>The whole <c>Location</c>.</summary>
    public string? Location { get; init; }

    /// <summary>The whole body.</summary>
    public string? Text { get; init; }

    /// <summary>Envoy's response flag in the access log; <c>-</c> for none.</summary>
    public string? Flag { get; init; }

    /// <summary>The route's name in the access log.</summary>
    public string? Route { get; init; }

    /// <summary>How often to call, with <see cref="Shares"/>.</summary>
    public int Times { get; init; } = 1;

    /// <summary>
    /// Expected share of each release in percent; observed shares must lie within the 99.9 % interval of <see cref="Times"/> draws.
    /// </summary>
    public IReadOnlyDictionary<string, double> Shares { get; init; } = new Dictionary<string, double>();
}
