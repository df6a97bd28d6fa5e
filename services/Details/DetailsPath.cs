using Bookinfo.ServiceDefaults;

namespace Bookinfo.Details;

/// <summary><c>/details/{id}</c>. As in the original, <c>/details</c> alone is an id that is no number, and a slash at the end does not matter.</summary>
internal static class DetailsPath
{
    public const string Pattern = "/details/{**id}";

    private const string Prefix = "/details";

    /// <returns>False where the id is no whole number.</returns>
    public static bool TryRead(HttpContext context, out string id)
    {
        var text = context.Request.Path.Value.AsSpan(Prefix.Length).TrimEnd('/');
        var isNumber = ProductId.TryRead(text is ['/', .. var after] ? after : default, out var number);
        id = number.ToString();
        return isNumber;
    }
}
