namespace Bookinfo.ProductPage.Sessions;

/// <summary>
/// Tells whether another web site made the browser send this. <c>SameSite=Lax</c> keeps our cookie out of such requests, but a sign-in
/// needs no cookie:
/// without this, any page could sign its visitors in here under a name of its choice.
/// </summary>
/// <remarks>
/// Browsers that send Fetch Metadata say it outright; the others send Origin with every form (https://www.w3.org/TR/fetch-metadata/,
/// https://web.dev/articles/fetch-metadata). A program that is not a browser sends neither, and is let in.
/// </remarks>
internal static class CrossOrigin
{
    public static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
        {
            return site is not ("same-origin" or "none");
        }

        return request.Headers.Origin is [{ } origin] && OwnHost.Read(request, origin) is null;
    }
}
