using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>The names that an enumeration's values have in YAML.</summary>
internal sealed class EnumNames<T>(params (string Name, T Value)[] names)
    where T : struct, Enum
{
    public IEnumerable<string> All => names.Select(each => each.Name);

    public T? Find(string name)
    {
        foreach (var each in names)
        {
            if (each.Name == name)
            {
                return each.Value;
            }
        }

        return null;
    }

    /// <summary>The name to write; the first of several.</summary>
    public string Of(T value) => Array.Find(names, each => EqualityComparer<T>.Default.Equals(each.Value, value)).Name;
}

/// <summary>The names of each enumeration, as the proto files have them.</summary>
internal static class EnumNames
{
    public static readonly EnumNames<RedirectPortSelection> RedirectPortSelection = new(
        ("FROM_PROTOCOL_DEFAULT", Model.RedirectPortSelection.FromProtocolDefault),
            ("FROM_REQUEST_PORT", Model.RedirectPortSelection.FromRequestPort));

    public static readonly EnumNames<UnmatchedPreflights> UnmatchedPreflights = new(
        ("UNSPECIFIED", Model.UnmatchedPreflights.Unspecified), ("FORWARD", Model.UnmatchedPreflights.Forward),
            ("IGNORE", Model.UnmatchedPreflights.Ignore));

    public static readonly EnumNames<SimpleLb> SimpleLb = new(
        ("UNSPECIFIED", Model.SimpleLb.Unspecified), ("RANDOM", Model.SimpleLb.Random), ("PASSTHROUGH", Model.SimpleLb.Passthrough),
        ("ROUND_ROBIN", Model.SimpleLb.RoundRobin), ("LEAST_REQUEST", Model.SimpleLb.LeastRequest),
            ("LEAST_CONN", Model.SimpleLb.LeastRequest));

    public static readonly EnumNames<H2UpgradePolicy> H2UpgradePolicy = new(
        ("DEFAULT", Model.H2UpgradePolicy.Default), ("DO_NOT_UPGRADE", Model.H2UpgradePolicy.DoNotUpgrade),
            ("UPGRADE", Model.H2UpgradePolicy.Upgrade));

    public static readonly EnumNames<ClientTlsMode> ClientTlsMode = new(
        ("DISABLE", Model.ClientTlsMode.Disable), ("ISTIO_MUTUAL", Model.ClientTlsMode.IstioMutual));

    public static readonly EnumNames<ServiceEntryLocation> Location = new(
        ("MESH_EXTERNAL", ServiceEntryLocation.MeshExternal), ("MESH_INTERNAL", ServiceEntryLocation.MeshInternal));

    public static readonly EnumNames<ServiceEntryResolution> Resolution = new(
        ("NONE", ServiceEntryResolution.None), ("STATIC", ServiceEntryResolution.Static), ("DNS", ServiceEntryResolution.Dns),
        ("DNS_ROUND_ROBIN", ServiceEntryResolution.DnsRoundRobin), ("DYNAMIC_DNS", ServiceEntryResolution.DynamicDns));
}
