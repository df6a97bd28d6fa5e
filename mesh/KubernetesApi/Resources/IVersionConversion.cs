using System.Text.Json.Nodes;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>Writes objects of a kind in another of its versions. Either way twice is the same as once.</summary>
public interface IVersionConversion
{
    /// <summary>Makes of an object that a client sends one of the version that is kept.</summary>
    /// <param name="body">The object; it is changed. Its <c>apiVersion</c> is written by the caller.</param>
    /// <param name="version">The version that it is in.</param>
    void ToKept(JsonObject body, string version);

    /// <summary>Makes of an object that is kept one of another version.</summary>
    /// <param name="resource">The object; it is changed.</param>
    /// <param name="version">The version that it is to be in.</param>
    void FromKept(JsonObject resource, string version);
}
