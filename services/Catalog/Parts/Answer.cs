using Bookinfo.Catalog.V1;

namespace Bookinfo.Catalog.Parts;

/// <summary>What became of a call to another service: either a value or an error.</summary>
/// <typeparam name="T">What a good answer is read into.</typeparam>
/// <param name="Value">What the service said; null where <paramref name="Error"/> is not.</param>
/// <param name="Error">Why there is no value; null where there is one.</param>
/// <param name="ServedBy">Who answered; null where it did not answer.</param>
internal readonly record struct Answer<T>(T? Value, PartError? Error, ServedBy? ServedBy)
    where T : class;
