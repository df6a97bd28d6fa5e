namespace Bookinfo.Mesh.KubernetesApi.Storage;

/// <summary>A line of a pod's log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Text">The line, without its end.</param>
public sealed record LogLine(DateTimeOffset At, string Text);

/// <summary>Which lines of a log are asked for.</summary>
/// <param name="Since">Those from then on.</param>
/// <param name="Tail">How many of the last ones.</param>
/// <param name="Follows">Whether those to come, too.</param>
public sealed record LogQuery(DateTimeOffset Since, int Tail, bool Follows);
