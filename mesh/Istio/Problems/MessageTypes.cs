using static Bookinfo.Mesh.Istio.Problems.Severity;

namespace Bookinfo.Mesh.Istio.Problems;

/// <summary>All types of messages about rules.</summary>
public static class MessageTypes
{
    /// <summary>A field that has a successor.</summary>
    public static readonly MessageType Deprecated = new(
        "IST0002", nameof(Deprecated), Warning, "The field is deprecated.");

    /// <summary>A rule names something that does not exist.</summary>
    public static readonly MessageType ReferencedResourceNotFound = new(
        "IST0101", nameof(ReferencedResourceNotFound), Error,
            "The rule names a host, port, subset, gateway or workload that does not exist.");

    /// <summary>istiod's validation refuses it.</summary>
    public static readonly MessageType SchemaValidationError = new(
        "IST0106", nameof(SchemaValidationError), Error, "The resource does not pass validation.")
    { Refuses = true };

    /// <summary>Two VirtualServices for one host inside the mesh.</summary>
    public static readonly MessageType ConflictingMeshGatewayVirtualServiceHosts = new(
        "IST0109", nameof(ConflictingMeshGatewayVirtualServiceHosts), Error, "Several VirtualServices have the same host inside the mesh.");

    /// <summary>A destination without a port, of a service with several.</summary>
    public static readonly MessageType VirtualServiceDestinationPortSelectorRequired = new(
        "IST0112", nameof(VirtualServiceDestinationPortSelectorRequired), Error,
            "The service has several ports; the destination has to name one.");

    /// <summary>Labels that no workload has.</summary>
    public static readonly MessageType NoMatchingWorkloadsFound = new(
        "IST0127", nameof(NoMatchingWorkloadsFound), Warning, "No workload has the labels.");

    /// <summary>A route that no request reaches.</summary>
    public static readonly MessageType VirtualServiceUnreachableRule = new(
        "IST0130", nameof(VirtualServiceUnreachableRule), Warning, "The route takes no request.");

    /// <summary>A match that no request reaches.</summary>
    public static readonly MessageType VirtualServiceIneffectiveMatch = new(
        "IST0131", nameof(VirtualServiceIneffectiveMatch), Note, "The match takes no request: an earlier one takes them all.");

    /// <summary>A host that the gateway does not serve.</summary>
    public static readonly MessageType VirtualServiceHostNotFoundInGateway = new(
        "IST0132", nameof(VirtualServiceHostNotFoundInGateway), Warning, "The gateway serves none of the VirtualService's hosts.");

    /// <summary>istiod's validation warns of it.</summary>
    public static readonly MessageType SchemaWarning = new(
        "IST0133", nameof(SchemaWarning), Warning, "The resource passes validation, and part of it does not do what it seems to.");

    /// <summary>A ServiceEntry whose port cannot be told from others without an address.</summary>
    public static readonly MessageType ServiceEntryAddressesRequired = new(
        "IST0134", nameof(ServiceEntryAddressesRequired), Warning, "A port without a protocol, or of TCP, needs addresses.");

    /// <summary>A subset inside the mesh that a gateway's route to the same host does not follow.</summary>
    public static readonly MessageType IngressRouteRulesNotAffected = new(
        "IST0140", nameof(IngressRouteRulesNotAffected), Warning,
            "A gateway's route does not follow the rules that another VirtualService has for the destination.");

    /// <summary>Two Gateways with one selector, port and host.</summary>
    public static readonly MessageType ConflictingGateways = new(
        "IST0145", nameof(ConflictingGateways), Error, "Several Gateways with the same selector and port have the same host.");

    /// <summary>A match by a JWT claim, which nothing validates.</summary>
    public static readonly MessageType JwtClaimBasedRoutingWithoutRequestAuthN = new(
        "IST0149", nameof(JwtClaimBasedRoutingWithoutRequestAuthN), Error, "A match by JWT claims needs a RequestAuthentication.");

    /// <summary>A port's name that does not say its protocol.</summary>
    public static readonly MessageType PortNameIsNotUnderNamingConvention = new(
        "IST0118", nameof(PortNameIsNotUnderNamingConvention), Note, "The port's name does not say its protocol.");

    /// <summary>A port's name of a Service of type ExternalName that does not say its protocol.</summary>
    public static readonly MessageType ExternalNameServiceTypeInvalidPortName = new(
        "IST0150", nameof(ExternalNameServiceTypeInvalidPortName), Warning,
            "The port's name of a Service of type ExternalName does not say a protocol that Istio routes by name.");

    /// <summary>A condition in a resource's status that is false.</summary>
    public static readonly MessageType NegativeConditionStatus = new(
        "IST0171", nameof(NegativeConditionStatus), Warning, "The status of the resource has a condition that is false.");

    /// <summary>A port of a Gateway that its workload's Service does not have.</summary>
    public static readonly MessageType GatewayPortNotDefinedOnService = new(
        "IST0162", nameof(GatewayPortNotDefinedOnService), Warning, "The Service of the gateway's pods does not have the port.");

    /// <summary>A Gateway that Istio made itself.</summary>
    public static readonly MessageType ReferencedInternalGateway = new(
        "IST0165", nameof(ReferencedInternalGateway), Warning,
            "The VirtualService names a Gateway that an implementation made for itself.");

    /// <summary>A subset without pods.</summary>
    public static readonly MessageType DestinationRuleSubsetNotSelectPods = new(
        "IST0173", nameof(DestinationRuleSubsetNotSelectPods), Error, "No pod has the labels of the subset.");

    /// <summary>A DestinationRule for a host that does not exist.</summary>
    public static readonly MessageType UnknownDestinationRuleHost = new(
        "IST0174", nameof(UnknownDestinationRuleHost), Warning, "The DestinationRule's host does not exist.");

    /// <summary>Two ServiceEntries that give one port two protocols.</summary>
    public static readonly MessageType ConflictingServiceEntryProtocol = new(
        "IST0177", nameof(ConflictingServiceEntryProtocol), Warning,
            "Several ServiceEntries give the same port of a host different protocols.");

    /// <summary>A text that is not YAML, or not a resource.</summary>
    public static readonly MessageType Unreadable = new(
        "MESH0001", nameof(Unreadable), Error, "The text cannot be read.")
    { Refuses = true };

    /// <summary>A field of Istio's that the mesh does not apply.</summary>
    public static readonly MessageType Unsupported = new(
        "MESH0002", nameof(Unsupported), Error, "Istio has it and the mesh does not apply it.")
    { Refuses = true };

    /// <summary>A template, or a variable that something still has to replace.</summary>
    public static readonly MessageType UnrenderedTemplate = new(
        "MESH0003", nameof(UnrenderedTemplate), Error, "The text is a template that has to be rendered first.")
    { Refuses = true };

    /// <summary>Resources that are not rules.</summary>
    public static readonly MessageType PassedOver = new(
        "MESH0004", nameof(PassedOver), Note, "Resources of other kinds are passed over.");

    /// <summary>A resource that is there twice.</summary>
    public static readonly MessageType Replaced = new(
        "MESH0005", nameof(Replaced), Note, "A later resource replaces one of the same kind, namespace and name.");

    /// <summary>A name of which nothing is known.</summary>
    public static readonly MessageType NothingKnown = new(
        "MESH0006", nameof(NothingKnown), Note, "Nothing is known of a host or gateway that the rule names.");

    /// <summary>Rules with nothing in them.</summary>
    public static readonly MessageType NoRules = new(
        "MESH0007", nameof(NoRules), Error, "There are no rules in the text.")
    { Refuses = true };

    /// <summary>A rule that never acts.</summary>
    public static readonly MessageType NoEffect = new(
        "MESH0008", nameof(NoEffect), Warning, "A rule, or a part of one, never acts.");

    /// <summary>Requests that will fail.</summary>
    public static readonly MessageType RequestsFail = new(
        "MESH0009", nameof(RequestsFail), Warning, "Requests that follow the rule fail.");

    /// <summary>What is worth knowing.</summary>
    public static readonly MessageType Hint = new(
        "MESH0010", nameof(Hint), Note, "Worth knowing.");

    /// <summary>A field that has a successor, and that Istio does not warn of.</summary>
    public static readonly MessageType DeprecatedSpelling = new(
        "MESH0011", nameof(DeprecatedSpelling), Note, "The field has a successor.");

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<MessageType> All { get; } =
    [
        Deprecated, ReferencedResourceNotFound, SchemaValidationError, ConflictingMeshGatewayVirtualServiceHosts,
        VirtualServiceDestinationPortSelectorRequired, NoMatchingWorkloadsFound, VirtualServiceUnreachableRule,
        VirtualServiceIneffectiveMatch,
        VirtualServiceHostNotFoundInGateway, SchemaWarning, ServiceEntryAddressesRequired, IngressRouteRulesNotAffected,
        ConflictingGateways,
        JwtClaimBasedRoutingWithoutRequestAuthN, PortNameIsNotUnderNamingConvention,
        ExternalNameServiceTypeInvalidPortName, NegativeConditionStatus, GatewayPortNotDefinedOnService, ReferencedInternalGateway,
        DestinationRuleSubsetNotSelectPods,
        UnknownDestinationRuleHost, ConflictingServiceEntryProtocol, Unreadable, Unsupported, UnrenderedTemplate, PassedOver, Replaced,
        NothingKnown,
        NoRules, NoEffect, RequestsFail, Hint, DeprecatedSpelling,
    ];

    /// <summary>The type of a message of validation of which only the severity is known.</summary>
    internal static MessageType OfValidation(Severity severity) => severity switch
    {
        Error => SchemaValidationError,
        Warning => SchemaWarning,
        _ => Hint,
    };
}
