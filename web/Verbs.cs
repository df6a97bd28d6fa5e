using Microsoft.AspNetCore.Http;

namespace Bookinfo.Web;

internal static class Verbs
{
    /// <summary>What a page or a file answers to.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
}
