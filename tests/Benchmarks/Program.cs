using System.Globalization;
using System.Net;
using Bookinfo.Benchmarks.Servers;
using Bookinfo.Benchmarks.Suites;

// The suites start this program again, as the server that they measure.
if (args is ["serve", var server, .. var rest])
{
    await (server switch
    {
        "endpoint" => BareEndpoint.ServeAsync(IPEndPoint.Parse(rest[0])),
        "grpc-endpoint" => BareEndpoint.ServeGrpcAsync(IPEndPoint.Parse(rest[0])),
        "floor" => Floor.ServeAsync(IPEndPoint.Parse(rest[0]), IPEndPoint.Parse(rest[1])),
        "grpc-yarp" => BareYarp.ServeAsync(IPEndPoint.Parse(rest[0]), IPEndPoint.Parse(rest[1]), http2: true),
        "yarp" => BareYarp.ServeAsync(IPEndPoint.Parse(rest[0]), IPEndPoint.Parse(rest[1])),
        "mesh" => MeshHop.ServeAsync(IPEndPoint.Parse(rest[0]), IPEndPoint.Parse(rest[1]),
            int.Parse(rest[2], CultureInfo.InvariantCulture), rest.Length > 3 ? rest[3] : "http"),
        _ => throw new ArgumentException($"no such server: {server}"),
    });
    return 0;
}

var suites = new Dictionary<string, Func<Task>>
{
    ["services"] = ServicesSuite.RunAsync,
    ["hop"] = HopSuite.RunAsync,
    ["page"] = PageSuite.RunAsync,
    ["start"] = StartSuite.RunAsync,
    ["rules"] = RulesSuite.RunAsync,
    ["diff"] = DiffSuite.RunAsync,
    ["burst"] = BurstSuite.RunAsync,
    ["kubectl"] = KubectlSuite.RunAsync,
    ["soak"] = SoakSuite.RunAsync,
};
string[] chosen = args.Length > 0 ? args : ["services", "hop", "page", "start", "rules"];
if (chosen.FirstOrDefault(name => !suites.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"no such suite: {unknown}; there are {string.Join(", ", suites.Keys)}");
    return 2;
}

foreach (var name in chosen)
{
    await suites[name]();
}

return 0;
