using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// Changes the headers of an answer on its way back, whoever gave it. The filters of a request run in the order they were added.
/// </summary>
internal interface IResponseFilter
{
    /// <summary>Changes <paramref name="headers"/> in place.</summary>
    void Apply(IHeaderDictionary headers);
}
