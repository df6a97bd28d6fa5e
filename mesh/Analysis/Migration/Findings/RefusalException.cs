namespace Bookinfo.Mesh.Analysis.Migration.Findings;

/// <summary>A resource stays as it is, because a part of it that decides where requests go has no counterpart.</summary>
/// <param name="path">The part.</param>
/// <param name="message">Why, in a sentence without a full stop.</param>
/// <param name="advice">What to do about it.</param>
internal sealed class RefusalException(string path, string message, string? advice = null) : Exception(message)
{
    public string Path => path;

    public string? Advice => advice;
}
