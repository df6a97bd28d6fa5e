namespace Bookinfo.Mesh.Lab.Errors;

/// <summary>
/// Something the person at the keyboard can mend. Its message is the one sentence printed on stderr, in place of a stack trace.
/// </summary>
public sealed class UserErrorException : Exception
{
    /// <summary>An error with the exit code of a run that could not begin or go on.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    public UserErrorException(string message)
        : this(message, ExitCodes.Failed)
    {
    }

    /// <summary>An error with an exit code of its own.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
    public UserErrorException(string message, int exitCode)
        : base(message) => ExitCode = exitCode;

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; }
}
