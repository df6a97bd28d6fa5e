using System.Globalization;
using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Topology;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>
/// The setup of a mesh without a Lab, from configuration: <c>Mesh:Services:0:Name</c> (with <c>Port</c> and <c>Protocol</c>),
/// <c>Mesh:Pods:0:Name</c>, <c>Service</c>,
/// <c>Version</c>, <c>Address</c> and <c>Outbound</c>, <c>Mesh:Gateway</c>, <c>Mesh:Console</c>, <c>Mesh:Rules:0</c>,
/// <c>Mesh:RulesFile</c>, <c>Mesh:Base</c>, <c>Mesh:GatewayApi</c>,
/// <c>Mesh:AllowedHosts:0</c>, <c>Mesh:ConsoleToken</c>.
/// Environment variables say the same with two underscores: <c>MESH__PODS__0__ADDRESS</c>.
/// </summary>
/// <param name="configuration">Where the keys are.</param>
/// <param name="topology">What is known of services that it only names.</param>
internal sealed class MeshConfiguration(IConfiguration configuration, ServiceTopology topology)
{
    private readonly IConfigurationSection _mesh = configuration.GetSection("Mesh");

    /// <summary>Reads it.</summary>
    /// <param name="output">Where an access log is written.</param>
    /// <param name="log">Where errors are told.</param>
    /// <exception cref="UserErrorException">A key is missing or says nothing that is possible; the message names it.</exception>
    public MeshSetup Read(TextWriter output, TextWriter log)
    {
        var pods = _mesh.GetSection("Pods").GetChildren().Select(Pod).ToList();
        var services = Services(pods);
        return new MeshSetup
        {
            Services = services,
            Pods = pods,
            Known = topology.ToKnownServices(
                services.Select(service => service.Name).Except(topology.Services.Select(service => service.Name))) with
            {
                GatewayApi = Channel(),
            },
            Gateway = Address(_mesh.GetSection("Gateway")),
            Console = Address(_mesh.GetSection("Console")),
            AllowedHosts = Texts("AllowedHosts"),
            ConsoleToken = Token(),
            RulePaths = Texts("Rules"),
            RulesFile = _mesh["RulesFile"] is { Length: > 0 } file ? Path.GetFullPath(file) : null,
            WithBase = Flag("Base", otherwise: true),
            AccessLog = Flag("AccessLog", otherwise: false) ? output : null,
            DrainTime = Seconds("DrainSeconds", otherwise: 30),
            Log = log,
        };
    }

    private GatewayApiChannel Channel() => _mesh["GatewayApi"] switch
    {
        null or "" or "standard" => GatewayApiChannel.Standard,
        "experimental" => GatewayApiChannel.Experimental,
        var other => throw new UserErrorException($"Mesh:GatewayApi: '{other}' is not a channel; write standard or experimental."),
    };

    /// <summary>The services that are named; where none are, those of the pods.</summary>
    private List<ServiceDescription> Services(List<Pod> pods)
    {
        var named = _mesh.GetSection("Services").GetChildren().Select(section => Service(Required(section, "Name"), section)).ToList();
        var unnamed = pods.FirstOrDefault(pod => named.Count > 0 && named.All(service => service.Name != pod.Workload.App));
        return unnamed is not null
            ? throw new UserErrorException(
                $"The pod {unnamed.Name} is of the service {unnamed.Workload.App}, which is none of Mesh:Services.")
            : named.Count > 0 ? named : [.. pods.Select(pod => pod.Workload.App).Distinct().Select(name => Service(name, section: null))];
    }

    private ServiceDescription Service(string name, IConfigurationSection? section)
    {
        var known = topology.Services.FirstOrDefault(service => service.Name == name);
        var description = known is null ? new ServiceDescription(name, 9080, "http", "", [], []) : known.Describe();
        return description with
        {
            Port = Number(section?.GetSection("Port"), description.Port),
            Protocol = section?["Protocol"] ?? description.Protocol,
        };
    }

    private Pod Pod(IConfigurationSection section)
    {
        var workload = Workload.Of(Required(section, "Service"), Required(section, "Version"), topology.Namespace);
        var address = PodAddress.TryRead(Required(section, "Address"), out var endpoint, out var error) ? endpoint
            : throw new UserErrorException($"{section.Path}:Address: {error}.");
        return new Pod(section["Name"] ?? workload.Name, workload, address, Address(section.GetSection("Outbound")));
    }

    private List<string> Texts(string key) => [.. _mesh.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>()];

    private bool Flag(string key, bool otherwise) => _mesh[key] is not { Length: > 0 } text
        ? otherwise
        : bool.TryParse(text, out var flag) ? flag : throw new UserErrorException($"Mesh:{key}: '{text}' is neither true nor false.");

    /// <summary>The characters are RFC 6750's of a bearer token, without those that a URL writes otherwise.</summary>
    private string? Token() => _mesh["ConsoleToken"] is not { Length: > 0 } text ? null
        : text.Length >= 16 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~') ? text
        : throw new UserErrorException(
            "Mesh:ConsoleToken: a token has at least 16 characters, which are letters, digits, '-', '.', '_' and '~'.");

    private TimeSpan Seconds(string key, int otherwise) => _mesh[key] is not { Length: > 0 } text
        ? TimeSpan.FromSeconds(otherwise)
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : throw new UserErrorException($"Mesh:{key}: '{text}' is not a number of seconds from 0 to 65535.");

    private static string Required(IConfigurationSection section, string key) =>
        section[key] is { Length: > 0 } text ? text : throw Missing(section, key);

    private static UserErrorException Missing(IConfigurationSection section, string key) => new($"{section.Path}:{key} is missing.");

    private static int Number(IConfigurationSection? section, int otherwise) => section?.Value is not { Length: > 0 } text
        ? otherwise
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new UserErrorException($"{section.Path}: '{text}' is not a port.");

    private static IPEndPoint? Address(IConfigurationSection section) => section.Value is not { Length: > 0 } text
        ? null
        : ListenAddress.TryParse(text, out var endpoint, out var error) ? endpoint
        : throw new UserErrorException($"{section.Path}: {error}.");
}
