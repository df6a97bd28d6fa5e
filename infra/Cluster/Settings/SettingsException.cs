namespace Bookinfo.Cluster.Settings;

/// <summary>The stack's configuration asks for something that cannot be. Nothing has been created yet.</summary>
/// <param name="problems">One sentence for each wrong value; each names the key and says what would be right.</param>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>One sentence for each wrong value.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
