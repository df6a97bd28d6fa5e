namespace Bookinfo.ServiceDefaults.Hosting;

/// <summary>The headers that every response carries.</summary>
public static class EdgeHeaders
{
    /// <summary>Which release answered, for example <c>reviews-v2</c>.</summary>
    public const string Release = "x-bookinfo-release";

    /// <summary>Which pod answered.</summary>
    public const string Pod = "x-bookinfo-pod";
}
