namespace Bookinfo.Mesh.Traffic.Reading;

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
        ("FROM_PROTOCOL_DEFAULT", Traffic.RedirectPortSelection.FromProtocolDefault), ("FROM_REQUEST_PORT", Traffic.RedirectPortSelection.FromRequestPort));

    public static readonly EnumNames<UnmatchedPreflights> UnmatchedPreflights = new(
        ("UNSPECIFIED", Traffic.UnmatchedPreflights.Unspecified), ("FORWARD", Traffic.UnmatchedPreflights.Forward), ("IGNORE", Traffic.UnmatchedPreflights.Ignore));

    public static readonly EnumNames<SimpleLb> SimpleLb = new(
        ("UNSPECIFIED", Traffic.SimpleLb.Unspecified), ("RANDOM", Traffic.SimpleLb.Random), ("PASSTHROUGH", Traffic.SimpleLb.Passthrough),
        ("ROUND_ROBIN", Traffic.SimpleLb.RoundRobin), ("LEAST_REQUEST", Traffic.SimpleLb.LeastRequest), ("LEAST_CONN", Traffic.SimpleLb.LeastRequest));

    public static readonly EnumNames<H2UpgradePolicy> H2UpgradePolicy = new(
        ("DEFAULT", Traffic.H2UpgradePolicy.Default), ("DO_NOT_UPGRADE", Traffic.H2UpgradePolicy.DoNotUpgrade), ("UPGRADE", Traffic.H2UpgradePolicy.Upgrade));

    public static readonly EnumNames<ClientTlsMode> ClientTlsMode = new(
        ("DISABLE", Traffic.ClientTlsMode.Disable), ("ISTIO_MUTUAL", Traffic.ClientTlsMode.IstioMutual));

    public static readonly EnumNames<ServiceEntryLocation> Location = new(
        ("MESH_EXTERNAL", ServiceEntryLocation.MeshExternal), ("MESH_INTERNAL", ServiceEntryLocation.MeshInternal));

    public static readonly EnumNames<ServiceEntryResolution> Resolution = new(
        ("NONE", ServiceEntryResolution.None), ("STATIC", ServiceEntryResolution.Static), ("DNS", ServiceEntryResolution.Dns),
        ("DNS_ROUND_ROBIN", ServiceEntryResolution.DnsRoundRobin), ("DYNAMIC_DNS", ServiceEntryResolution.DynamicDns));
}
