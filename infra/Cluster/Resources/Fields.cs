namespace Bookinfo.Cluster.Resources;

/// <summary>The fields of a manifest for which there are no types.</summary>
internal static class Fields
{
    /// <summary>An object of these fields.</summary>
    public static Dictionary<string, object> Map(params (string Key, object Value)[] fields) =>
        fields.ToDictionary(field => field.Key, field => field.Value);

    /// <summary>A list of these items.</summary>
    public static object[] List(params object[] items) => items;
}
