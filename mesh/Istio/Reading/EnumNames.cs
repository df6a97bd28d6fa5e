namespace Bookinfo.Mesh.Istio.Reading;

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
        ("FROM_PROTOCOL_DEFAULT", Istio.RedirectPortSelection.FromProtocolDefault),
            ("FROM_REQUEST_PORT", Istio.RedirectPortSelection.FromRequestPort));

    public static readonly EnumNames<UnmatchedPreflights> UnmatchedPreflights = new(
        ("UNSPECIFIED", Istio.UnmatchedPreflights.Unspecified), ("FORWARD", Istio.UnmatchedPreflights.Forward),
            ("IGNORE", Istio.UnmatchedPreflights.Ignore));

    public static readonly EnumNames<SimpleLb> SimpleLb = new(
        ("UNSPECIFIED", Istio.SimpleLb.Unspecified), ("RANDOM", Istio.SimpleLb.Random), ("PASSTHROUGH", Istio.SimpleLb.Passthrough),
        ("ROUND_ROBIN", Istio.SimpleLb.RoundRobin), ("LEAST_REQUEST", Istio.SimpleLb.LeastRequest),
            ("LEAST_CONN", Istio.SimpleLb.LeastRequest));

    public static readonly EnumNames<H2UpgradePolicy> H2UpgradePolicy = new(
        ("DEFAULT", Istio.H2UpgradePolicy.Default), ("DO_NOT_UPGRADE", Istio.H2UpgradePolicy.DoNotUpgrade),
            ("UPGRADE", Istio.H2UpgradePolicy.Upgrade));

    public static readonly EnumNames<ClientTlsMode> ClientTlsMode = new(
        ("DISABLE", Istio.ClientTlsMode.Disable), ("ISTIO_MUTUAL", Istio.ClientTlsMode.IstioMutual));

    public static readonly EnumNames<ServiceEntryLocation> Location = new(
        ("MESH_EXTERNAL", ServiceEntryLocation.MeshExternal), ("MESH_INTERNAL", ServiceEntryLocation.MeshInternal));

    public static readonly EnumNames<ServiceEntryResolution> Resolution = new(
        ("NONE", ServiceEntryResolution.None), ("STATIC", ServiceEntryResolution.Static), ("DNS", ServiceEntryResolution.Dns),
        ("DNS_ROUND_ROBIN", ServiceEntryResolution.DnsRoundRobin), ("DYNAMIC_DNS", ServiceEntryResolution.DynamicDns));
}
