using System.Text;

namespace Bookinfo.Mesh.Istio;

/// <summary>A file or folder with rules that cannot be read. The message is one plain sentence that names it.</summary>
public sealed class RuleFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Loads rules from files and folders.</summary>
public static class RuleFiles
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int LargestFile = 8 * 1024 * 1024;

    private static readonly string[] Extensions = [".yaml", ".yml"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Loads files, and of folders every <c>*.yaml</c> and <c>*.yml</c> directly in them by name, as <c>kubectl apply -f</c> does.
    /// </summary>
    /// <exception cref="RuleFileException">A path does not exist or cannot be read, a folder holds no rules, a file is too large or is not UTF-8.</exception>
    public static IReadOnlyList<RuleSource> Load(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.SelectMany(Files).Select(Load)];
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new RuleFileException($"{path}: there is no such file or folder");
        }

        try
        {
            var files = Directory.EnumerateFiles(path)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .ToList();
            return files.Count > 0 ? files : throw new RuleFileException($"{path}: the folder has no *.yaml or *.yml files");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RuleFileException($"{path}: the folder cannot be read: {error.Message}", error);
        }
    }

    private static RuleSource Load(string file)
    {
        try
        {
            return new FileInfo(file).Length <= LargestFile
                ? new RuleSource(file, Decode(file, File.ReadAllBytes(file)))
                : throw new RuleFileException($"{file}: the file is larger than {LargestFile / (1024 * 1024)} MiB");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RuleFileException($"{file}: the file cannot be read: {error.Message}", error);
        }
    }

    private static string Decode(string file, byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException error)
        {
            var line = 1 + bytes.AsSpan(0, error.Index).Count((byte)'\n');
            throw new RuleFileException($"{file}:{line}: the file is not UTF-8; save it as UTF-8", error);
        }
    }
}
