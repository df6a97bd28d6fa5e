using Bookinfo.Mesh.Istio.Reading;

namespace Bookinfo.Mesh.Rollouts.Reading;

/// <summary>Fields that Argo has and that are not done here.</summary>
internal static class Refusals
{
    /// <summary>Refuses a field, where it is there, with the reason.</summary>
    public static void Refuse(this ObjectReader owner, string reason, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (owner.Has(field))
            {
                owner.Error(field, $"{field} is not run here: {reason}");
            }
        }

        owner.Skip(fields);
    }
}
