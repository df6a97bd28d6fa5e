using System.Diagnostics.CodeAnalysis;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.TrafficConsole.Model;

/// <summary>Questions to a mesh that people ask, with answers for people where they cannot be answered.</summary>
public static class Explanations
{
    /// <summary>Says where a request would go and why, without sending it.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="request">The request.</param>
    /// <param name="explanation">The answer, where there is one.</param>
    /// <param name="error">Otherwise what is wrong with the question: no caller of the mesh has that name.</param>
    public static bool TryExplain(
        this MeshServer mesh, ExplainRequest request, [NotNullWhen(true)] out Explanation? explanation,
            [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return TryAsk(() => mesh.Explain(request), out explanation, out error);
    }

    /// <summary>The same of rules that are nowhere in force.</summary>
    /// <param name="mesh">The rules, compiled.</param>
    /// <param name="request">The request.</param>
    /// <param name="explanation">The answer, where there is one.</param>
    /// <param name="error">Otherwise what is wrong with the question: no caller of the mesh has that name.</param>
    public static bool TryExplain(
        this OfflineMesh mesh, ExplainRequest request, [NotNullWhen(true)] out Explanation? explanation,
            [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return TryAsk(() => mesh.Explain(request), out explanation, out error);
    }

    private static bool TryAsk(
        Func<Explanation> ask, [NotNullWhen(true)] out Explanation? explanation, [NotNullWhen(false)] out string? error)
    {
        (explanation, error) = (null, null);
        try
        {
            explanation = ask();
            return true;
        }
        catch (ArgumentException e)
        {
            // .NET adds the parameter's name, which means nothing to the reader here.
            error = e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
            return false;
        }
    }
}
