namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>A header or trailer field, or an HTTP/2 pseudo-header. Bytes are written as Latin-1: one character for each byte.</summary>
public readonly record struct Field(string Name, string Value)
{
    public bool IsPseudo => Name.StartsWith(':');

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Name}: {Value}";
}
