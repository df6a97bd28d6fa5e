namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>What one request of the load came to.</summary>
/// <param name="Version">The release that answered, or null where the answer is not from a release: the mesh's own error, or none at
/// all.</param>
/// <param name="Failed">True for a status of 500 or more, or no answer.</param>
/// <param name="Elapsed">From the first byte sent to the last received.</param>
public readonly record struct Answer(string? Version, bool Failed, TimeSpan Elapsed);
