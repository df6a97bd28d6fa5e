using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>One field of a match that is asked of each request.</summary>
internal interface IRequestCondition
{
    /// <summary>Whether the request is as asked.</summary>
    bool Matches(in RequestInfo request);

    /// <summary>What is asked and what the request has, for explanations.</summary>
    string Describe(in RequestInfo request);
}
