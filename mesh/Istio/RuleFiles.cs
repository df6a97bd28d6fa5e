using System.Text;

namespace Bookinfo.Mesh.Istio;

/// <summary>A file or folder with rules that cannot be read. The message is one plain sentence that names it.</summary>
public sealed class RuleFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Loads rules from files, folders and standard input.</summary>
public static class RuleFiles
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int LargestFile = 8 * 1024 * 1024;

    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The name that problems print for standard input.</summary>
    public const string StandardInputName = "<stdin>";

    /// <summary>How long a pipe may take to say something before it counts as one that nothing writes to.</summary>
    private static readonly TimeSpan PipeTimeout = TimeSpan.FromSeconds(60);

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Loads files, and of folders every <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> in them by name, as <c>kubectl apply -f</c> does.
    /// What a kustomization in a folder names elsewhere is loaded with it.
    /// </summary>
    /// <param name="paths">Files and folders; <see cref="StandardInput"/> for standard input.</param>
    /// <param name="recursive">Whether folders within folders are read too, as by <c>kubectl apply -R</c>.</param>
    /// <exception cref="RuleFileException">A path does not exist or cannot be read, a folder has no rules, a file is too large or is not
    /// UTF-8.</exception>
    public static IReadOnlyList<RuleSource> Load(IEnumerable<string> paths, bool recursive = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var named = paths.Distinct().ToList();
        var found = named.SelectMany(path => Files(path, recursive).Select(file => (File: file, IsInFolder: file != path)))
            .DistinctBy(each => each.File).ToList();

        // A file that is named by itself is meant by itself.
        var inFolders = KustomizedFiles.Follow([.. found.Where(each => each.IsInFolder).Select(each => each.File)],
            file => Load(file, isNamed: false).Text);
        var byFile = inFolders.ToLookup(each => each.File);
        var files = found.Select(each => each.File).Concat(inFolders.Select(each => each.File)).Distinct();
        return
        [
            .. files.SelectMany(file => Load(file, named.Contains(file)) is var source && byFile.Contains(file)
                ? byFile[file].Select(each => source with { Namespace = each.Namespace }) : [source]),
        ];
    }

    /// <summary>Whether a file holds its text, so that it can be read again: standard input, a pipe or a device does not.</summary>
    /// <param name="path">A file or folder.</param>
    public static bool IsRegular(string path)
    {
        try
        {
            // Pipes and devices have no length. A regular file without one has nothing to read.
            return path != StandardInput
                && (Directory.Exists(path)
                    || (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length > 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<string> Files(string path, bool recursive)
    {
        if (path == StandardInput || File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new RuleFileException($"{path}: there is no such file or folder");
        }

        try
        {
            var files = Directory.EnumerateFiles(path, "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Where(file => !IsHidden(path, file))
                .Order(StringComparer.Ordinal)
                .ToList();
            return files.Count > 0 ? files
                : throw new RuleFileException($"{path}: the folder has no *.yaml, *.yml or *.json files{Deeper(path, recursive)}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RuleFileException($"{path}: the folder cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Folders such as <c>.git</c> and <c>.github</c> hold no resources.</summary>
    private static bool IsHidden(string folder, string file) =>
        Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).SkipLast(1).Any(part => part.StartsWith('.'));

    private static string Deeper(string path, bool recursive) =>
        !recursive && Directory.EnumerateDirectories(path).Any() ? "; -R reads the folders in it too" : "";

    /// <summary>Reads a file. A pipe or a device is read where it was named, and is not part of a folder.</summary>
    private static RuleSource Load(string file, bool isNamed)
    {
        try
        {
            var name = file == StandardInput ? StandardInputName : file;
            return new RuleSource(name, Decode(name, IsRegular(file) ? ReadToEnd(file) : isNamed ? ReadStream(file) : []));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new RuleFileException($"{file}: the file cannot be read: {error.Message}", error);
        }
    }

    /// <summary>
    /// Reads a pipe or a device to its end, within bounds: <c>/dev/zero</c> has none, and nothing may ever write to a pipe.
    /// </summary>
    private static byte[] ReadStream(string file)
    {
        var read = Task.Factory.StartNew(() => ReadToEnd(file), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return file == StandardInput || Task.WaitAny([read], PipeTimeout) == 0
            ? read.GetAwaiter().GetResult()
            : throw new RuleFileException($"{file}: nothing was written to this pipe within {PipeTimeout.TotalSeconds} s");
    }

    private static byte[] ReadToEnd(string file)
    {
        using var stream = file == StandardInput ? Console.OpenStandardInput()
            : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and var count)
        {
            text.Write(buffer, 0, count);
            if (text.Length > LargestFile)
            {
                throw TooLarge(file == StandardInput ? StandardInputName : file);
            }
        }

        return text.ToArray();
    }

    private static RuleFileException TooLarge(string file) => new($"{file}: the file is larger than {LargestFile / (1024 * 1024)} MiB");

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
