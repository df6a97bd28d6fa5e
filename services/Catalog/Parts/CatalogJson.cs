using System.Text.Json.Serialization;

namespace Bookinfo.Catalog.Parts;

/// <summary>
/// How the answers of the other services are read: strictly, because a null where a text belongs is an answer that makes no sense.
/// </summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DetailsAnswer))]
[JsonSerializable(typeof(ReviewsAnswer))]
[JsonSerializable(typeof(RatingsAnswer))]
internal sealed partial class CatalogJson : JsonSerializerContext;
