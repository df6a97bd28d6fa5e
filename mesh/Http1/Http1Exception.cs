namespace Bookinfo.Mesh.Http1;

/// <summary>An exchange that failed, and how.</summary>
/// <param name="error">What kind of failure it is.</param>
/// <param name="message">What happened, in words for a log.</param>
/// <param name="innerException">What the operating system or the body's source said.</param>
public sealed class Http1Exception(Http1Error error, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    /// <summary>What kind of failure it is.</summary>
    public Http1Error Error => error;

    internal static Http1Exception Protocol(string message) => new(Http1Error.Protocol, message);
}
