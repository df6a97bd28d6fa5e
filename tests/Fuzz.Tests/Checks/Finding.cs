using Bookinfo.Tests.Fuzz.Pods;

namespace Bookinfo.Tests.Fuzz.Checks;

/// <summary>How a proxy can fail its callers and its pods.</summary>
public enum FindingKind
{
    /// <summary>A pod got more requests than callers sent.</summary>
    RequestSplit,

    /// <summary>A pod got bytes that the caller did not send.</summary>
    ForeignBytes,

    /// <summary>A pod got what is not HTTP, or what has to be refused.</summary>
    BadRequestPassed,

    /// <summary>A field that ends at the proxy reached a pod.</summary>
    HopFieldPassed,

    /// <summary>A caller got the answer to another's request.</summary>
    WrongAnswer,

    /// <summary>A whole request was not answered.</summary>
    Unanswered,

    /// <summary>A good request of a caller who did nothing wrong was not served.</summary>
    NotServed,

    /// <summary>A caller got what is not HTTP.</summary>
    BadAnswer,
}

/// <summary>Something that must not happen.</summary>
/// <param name="Kind">What it is an example of.</param>
/// <param name="Topic">What it is about, the same for every example of one fault: a part of the request, a field's name, a rule that is
/// broken.</param>
/// <param name="What">What was seen, in a sentence.</param>
/// <param name="AtPod">The request at the pod that shows it; null where it shows at the caller.</param>
public sealed record Finding(FindingKind Kind, string Topic, string What, PodRequest? AtPod = null)
{
    /// <summary>Equal for findings that one fault can explain.</summary>
    public string Signature => $"{Kind}: {Topic}";
}
