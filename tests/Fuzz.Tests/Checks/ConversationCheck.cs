using Bookinfo.Tests.Fuzz.Callers;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Checks;

/// <summary>Whether each caller got the answers to its own requests, and all of them.</summary>
public static class ConversationCheck
{
    /// <summary>What an attacker got.</summary>
    public static IEnumerable<Finding> Judge(SentRequests sent, Conversation conversation, Ledger ledger)
    {
        if (conversation.Fault is { } fault)
        {
            yield return new Finding(FindingKind.BadAnswer, fault.Split(':')[0], $"What came back is not HTTP: {fault}.");
        }

        var whole = sent.Requests.Where(request => request.IsWhole).ToList();
        for (var i = 0; i < Math.Min(conversation.Answers.Count, sent.Requests.Count); i++)
        {
            if (conversation.Answers[i] is { } answer)
            {
                foreach (var finding in ledger.Judge(sent.Requests[i], answer))
                {
                    yield return finding;
                }
            }
        }

        if (conversation.IsUnanswered)
        {
            yield return new Finding(FindingKind.Unanswered, "attacker", whole.Count > conversation.Answers.Count
                ? $"A whole request was not answered: {whole[conversation.Answers.Count].Method} {ByteText.Print(whole[conversation.Answers.Count].Target, 200)}"
                : "The connection does not end after its caller's last byte.");
        }
        else if (FindDropped(sent, conversation) is { } dropped)
        {
            yield return new Finding(FindingKind.Unanswered, "connection ended",
                $"The connection ended without an answer to {dropped.Method} {ByteText.Print(dropped.Target, 200)}");
        }

        var own = sent.Requests.SelectMany(request => request.Markers);
        var judged = conversation.Answers.SelectMany(answer => Marker.FindAll(answer?.Raw ?? ""));
        if (Marker.FindAll(conversation.Received).Except(own).Except(judged).Any())
        {
            yield return new Finding(FindingKind.WrongAnswer, "bytes",
                $"An attacker was sent another caller's bytes: {ByteText.Print(conversation.Received, 600)}");
        }
    }

    /// <summary>What a victim got for a good request; <paramref name="sent"/> is null where the victim gave up waiting.</summary>
    public static IEnumerable<Finding> JudgeVisit(SentRequest? sent, Answer? answer, Ledger ledger, RuleMix rules)
    {
        if (sent is null)
        {
            return [new Finding(FindingKind.Unanswered, "victim", "A victim's good request was not answered.")];
        }

        if (answer is null)
        {
            return [new Finding(FindingKind.NotServed, "connection ended", $"The connection of {sent.Caller} ended without an answer.")];
        }

        var wasAborted = rules.Fault == Fault.Abort && answer.Status == RuleMix.AbortStatus;
        return answer.Status == 200 || wasAborted
            ? ledger.Judge(sent, answer)
            : [.. ledger.Judge(sent, answer),
                new Finding(FindingKind.NotServed, $"status {answer.Status}",
                    $"{sent.Caller} got {answer.Status}: {ByteText.Print(answer.Raw, 400)}")];
    }

    /// <summary>
    /// The first good request without an answer on a connection that the proxy ended. A proxy may end it after an answer that says so, and
    /// after anything that it has to refuse.
    /// </summary>
    private static SentRequest? FindDropped(SentRequests sent, Conversation conversation)
    {
        if (!sent.IsOver || sent.Requests.Any(request => (request.Refusal ?? request.LateRefusal) is not null
            || !RequestRules.IsPlainAuthority(request.Authority)) || conversation.Answers.Any(answer => answer is { Closes: true }))
        {
            return null;
        }

        return sent.Requests.Where((request, i) => request.IsWhole && conversation.Answers.ElementAtOrDefault(i) is null or { Status: 0 })
            .FirstOrDefault(request => request.IsWhole);
    }
}
