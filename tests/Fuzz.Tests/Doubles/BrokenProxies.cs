using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Doubles;

/// <summary>Sends the target decoded, so that an encoded line break ends the request line and another request may follow.</summary>
public sealed class SplittingProxy(IReadOnlyList<RecordingPod> pods) : ProxyDouble(pods)
{
    protected override string TargetFor(SentRequest request) => base.TargetFor(request)
        .Replace("%20", " ", StringComparison.Ordinal)
        .Replace("%0d%0a", "\r\n", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Writes into a buffer that it does not clear: an encoded character takes less room than it reserved, and the rest is what was there
/// before.
/// </summary>
public sealed class LeakingProxy(IReadOnlyList<RecordingPod> pods) : ProxyDouble(pods)
{
    private string _buffer = "";

    protected override string TargetFor(SentRequest request)
    {
        var target = base.TargetFor(request);
        var gaps = target.Split("%c3%a9").Length - 1;
        var stale = _buffer;
        _buffer = string.Concat(request.Fields.Select(field => field.Value).Where(Syntax.IsVisible));
        return gaps > 0 ? target + stale[..Math.Min(stale.Length, gaps * 6)] : target;
    }
}

/// <summary>Answers every eleventh request with the answer before it.</summary>
public sealed class MixingProxy(IReadOnlyList<RecordingPod> pods) : ProxyDouble(pods)
{
    private int _count;
    private string _before = "";

    protected override string AnswerWith(SentRequest request, string answer)
    {
        var before = _before;
        _before = answer;
        return ++_count % 11 == 0 && before.Length > 0 ? before : answer;
    }
}

/// <summary>Never answers OPTIONS.</summary>
public sealed class SilentProxy(IReadOnlyList<RecordingPod> pods) : ProxyDouble(pods)
{
    protected override string? AnswerWith(SentRequest request, string answer) => request.Method == "OPTIONS" ? null : answer;
}

/// <summary>Hands every field on, but those of the framing.</summary>
public sealed class PassingProxy(IReadOnlyList<RecordingPod> pods) : ProxyDouble(pods)
{
    protected override bool Stops(SentRequest request, Field field) => field.Is("transfer-encoding");
}

/// <summary>Writes a field of its own that is on no list.</summary>
public sealed class AddingProxy(IReadOnlyList<RecordingPod> pods) : ProxyDouble(pods)
{
    protected override string Write(SentRequest request) =>
        base.Write(request).Replace("\r\nhost: ", "\r\nx-debug: on\r\nhost: ", StringComparison.Ordinal);
}
