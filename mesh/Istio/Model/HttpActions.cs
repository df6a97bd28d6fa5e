namespace Bookinfo.Mesh.Istio.Model;

/// <summary>Answers with a redirect to another URL.</summary>
public sealed record HttpRedirect
{
    /// <summary>The new path, in place of the whole path.</summary>
    public string? Uri { get; init; }

    /// <summary>The new path in place of the matched prefix. Not together with <see cref="Uri"/>.</summary>
    public string? PrefixRewrite { get; init; }

    /// <summary>The new host.</summary>
    public string? Authority { get; init; }

    /// <summary>The new port. Not together with <see cref="DerivePort"/>.</summary>
    public int? Port { get; init; }

    /// <summary>Where the new port comes from.</summary>
    public RedirectPortSelection? DerivePort { get; init; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>301 (also for null), 302, 303, 307 or 308.</summary>
    public int? RedirectCode { get; init; }
}

/// <summary>Where a redirect's port comes from.</summary>
public enum RedirectPortSelection
{
    /// <summary>80 for http, 443 for https: no port is written.</summary>
    FromProtocolDefault,

    /// <summary>The port of the request.</summary>
    FromRequestPort,
}

/// <summary>Answers without asking anyone.</summary>
public sealed record HttpDirectResponse
{
    /// <summary>200 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>The body; null is empty.</summary>
    public HttpBody? Body { get; init; }
}

/// <summary>A body: text or bytes.</summary>
public sealed record HttpBody
{
    /// <summary>The body as text.</summary>
    public string? String { get; init; }

    /// <summary>The body as bytes; base64 in YAML.</summary>
    public IReadOnlyList<byte>? Bytes { get; init => field = value is null ? null : Values.List(value); }
}

/// <summary>Changes path or host on the way.</summary>
public sealed record HttpRewrite
{
    /// <summary>In place of the matched prefix, or of the whole path after an exact or regex match.</summary>
    public string? Uri { get; init; }

    /// <summary>The new Host header.</summary>
    public string? Authority { get; init; }

    /// <summary>Rewrites the path by an expression. Not together with <see cref="Uri"/>.</summary>
    public RegexRewrite? UriRegexRewrite { get; init; }
}

/// <summary>Replaces every match of an expression in the path.</summary>
public sealed record RegexRewrite
{
    /// <summary>An RE2 expression.</summary>
    public required string Match { get; init; }

    /// <summary>The replacement, with <c>\1</c> to <c>\9</c> for groups.</summary>
    public required string Rewrite { get; init; }
}
