using Pulumi;

namespace Bookinfo.Cluster.Resources;

/// <summary>The options of a component's children.</summary>
internal static class ChildOptions
{
    /// <summary>A child of a component.</summary>
    /// <param name="parent">The component.</param>
    /// <param name="after">What must be there first, and is removed only after the child.</param>
    public static CustomResourceOptions Of(Resource parent, params IEnumerable<Resource> after) => new()
    {
        Parent = parent,
        DependsOn = after.ToList(),
    };

    /// <summary>
    /// A resource that is made anew where a field changes: the API server lets that field be, and Pulumi's provider does not know so. The
    /// old one goes first, as both have the same name.
    /// </summary>
    public static CustomResourceOptions ReplacedWith(this CustomResourceOptions options, string field)
    {
        options.ReplaceOnChanges.Add(field);
        options.DeleteBeforeReplace = true;
        return options;
    }
}
