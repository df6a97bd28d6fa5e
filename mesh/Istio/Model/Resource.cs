using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Model;

/// <summary>What a VirtualService, a DestinationRule, a Gateway and a ServiceEntry have in common.</summary>
public abstract record Resource
{
    /// <summary>The <c>apiVersion</c> that is written. All three that are read (v1, v1beta1, v1alpha3) mean the same.</summary>
    public const string ApiVersion = "networking.istio.io/v1";

    /// <summary>The namespace of a resource that names none, as <c>kubectl apply</c> without <c>-n</c> has it.</summary>
    public const string DefaultNamespace = "default";

    /// <summary><c>VirtualService</c>, <c>DestinationRule</c>, <c>Gateway</c> or <c>ServiceEntry</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Name, namespace, labels and annotations.</summary>
    public required Metadata Metadata { get; init; }

    /// <summary>Where each part stands in the text it was read from. It takes no part in equality.</summary>
    public SourceMap Source { get; init; } = SourceMap.None;

    /// <summary>The resource's name.</summary>
    public string Name => Metadata.Name;

    /// <summary>The resource's namespace, <see cref="DefaultNamespace"/> where it names none.</summary>
    public string Namespace => Metadata.Namespace ?? DefaultNamespace;

    /// <summary>
    /// How problems call it: <c>VirtualService/reviews</c>, with the namespace where it names one: <c>VirtualService/prod/reviews</c>.
    /// </summary>
    public string Subject => Metadata.Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Metadata.Namespace}/{Name}";

    /// <summary>
    /// A problem at <paramref name="path"/> of this resource, with the file, line and column where that stands. A path that the text
    /// does not have gets the place of the nearest part above it.
    /// </summary>
    /// <param name="severity">How bad it is.</param>
    /// <param name="path">From the resource's root, such as <c>spec.http[0].route[1].weight</c>; a key that is not a plain name in quotes:
    /// <c>headers["end-user"]</c>.</param>
    /// <param name="message">What is wrong, in a sentence without a full stop.</param>
    /// <param name="suggestion">What would be right.</param>
    public Problem Problem(Severity severity, string path, string message, string? suggestion = null) =>
        Problem(MessageTypes.OfValidation(severity), path, message, suggestion);

    /// <summary>A problem of a type, with its severity, at <paramref name="path"/> of this resource.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">From the resource's root.</param>
    /// <param name="message">What is wrong, in a sentence without a full stop.</param>
    /// <param name="suggestion">What would be right.</param>
    public Problem Problem(MessageType type, string path, string message, string? suggestion = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var place = Source.Find(path);
        return new Problem(type.Severity, Source.File, place.Line, place.Column, $"{Subject} {path}", message, suggestion) { Type = type };
    }
}

/// <summary>The part of Kubernetes' ObjectMeta that a person writes.</summary>
public sealed record Metadata
{
    /// <summary>Name of the resource, unique for its kind in its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace, or null where the text names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// When the API server made the resource; null in a file that a person wrote. The older of two rules for one host wins.
    /// </summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Labels, kept as they are.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = Values.Map(value); } = Values.NoMap<string>();

    /// <summary>Annotations, kept as they are.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = Values.Map(value); } = Values.NoMap<string>();
}
