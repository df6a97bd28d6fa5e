namespace Bookinfo.Mesh.Istio.Expressions;

/// <summary>Something that RE2, or the mesh, does not take.</summary>
internal sealed class Re2SyntaxException(string message) : Exception(message);
