namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>Something that cannot be told by automata, or not within the bounds set for them. The message says what.</summary>
internal sealed class UndecidableException(string message) : Exception(message);
