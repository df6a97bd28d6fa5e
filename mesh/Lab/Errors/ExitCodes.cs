namespace Bookinfo.Mesh.Lab.Errors;

/// <summary>What the Lab's commands end with, for scripts and CI.</summary>
public static class ExitCodes
{
    /// <summary>All went well; for a canary: the new release has all the traffic.</summary>
    public const int Ok = 0;

    /// <summary>The rules have problems, or the Lab could not start.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or names a file that cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>A canary was rolled back.</summary>
    public const int RolledBack = 3;

    /// <summary>A canary was stopped before its end, by Ctrl+C or SIGTERM: what a shell says of SIGINT.</summary>
    public const int Interrupted = 130;
}
