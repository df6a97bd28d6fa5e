using Bookinfo.Tests.Fuzz.Callers;
using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Checks;

/// <summary>Who sent what of late, and which requests at the pods are accounted for.</summary>
public sealed class Ledger
{
    /// <summary>Mirrored and aborted requests may arrive a little later than the case that sent them ends.</summary>
    private const int Remembered = 400;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, SentRequest?> _owners = [];

    public void Add(SentRequest sent, RuleMix rules)
    {
        _entries.Add(new Entry(sent, rules));
        if (_entries.Count > Remembered)
        {
            _entries.RemoveAt(0);
        }
    }

    /// <summary>Finds the caller of a request at a pod and compares the two.</summary>
    public IEnumerable<Finding> Judge(PodRequest arrived)
    {
        if (arrived.Fault is { } fault)
        {
            return [new Finding(FindingKind.BadRequestPassed, fault.Split(':')[0],
                $"{arrived.Pod} was sent what is not a request: {fault}.", arrived)];
        }

        var markers = Marker.FindAll(arrived.Raw).Concat(Marker.FindAll(arrived.Body)).Distinct().ToList();
        var candidates = Candidates(markers);
        if (!arrived.IsWhole && arrived.Target.Length == 0)
        {
            // A head that was cut off. Whose it was is only known by its markers.
            return markers.Count > 0 && candidates.Count == 1 ? []
                : [new Finding(FindingKind.ForeignBytes, "cut off", $"{arrived.Pod} was sent bytes that no caller sent.", arrived)];
        }

        var verdicts = candidates.AsEnumerable()
            .Reverse()
            .Select(entry => (Entry: entry, Findings: JudgeAgainst(entry, arrived, markers).ToList()))
            .OrderBy(verdict => verdict.Findings.Count).ToList();
        if (verdicts.Count == 0)
        {
            _owners[arrived.Number] = null;
            return [new Finding(FindingKind.RequestSplit, "not sent",
                $"{arrived.Pod} got a request that no caller sent: {ByteText.Print($"{arrived.Method} {arrived.Target}", 200)}", arrived)];
        }

        var (owner, findings) = verdicts[0];
        _owners[arrived.Number] = owner.Sent;
        owner.Count(arrived.Pod);
        return findings;
    }

    /// <summary>Whether an answer is the one to this request. The pods' requests have to be judged before.</summary>
    public IEnumerable<Finding> Judge(SentRequest sent, Answer answer)
    {
        if (answer.PodRequest is { } number && _owners.TryGetValue(number, out var owner)
            && !AreAlike(owner, sent))
        {
            yield return new Finding(FindingKind.WrongAnswer, "request",
                $"{sent.Caller} got the answer to request {number}, which "
                    + $"is {(owner is null ? "no caller's" : $"that of {owner.Caller}")}.");
        }

        if (Marker.FindAll(answer.Raw).Except(sent.Markers).Any())
        {
            yield return new Finding(FindingKind.WrongAnswer, "bytes",
                $"{sent.Caller} got an answer with another caller's bytes: {ByteText.Print(answer.Raw, 600)}");
        }
    }

    /// <summary>
    /// Two requests of one caller with the same marker cannot be told apart, and an answer to either is the caller's own.
    /// </summary>
    private static bool AreAlike(SentRequest? owner, SentRequest sent) => ReferenceEquals(owner, sent)
        || (owner is not null && owner.Caller == sent.Caller && owner.Markers.Intersect(sent.Markers).Any());

    private List<Entry> Candidates(List<string> markers)
    {
        var known = _entries.Where(entry => entry.Sent.Markers.Intersect(markers).Any()).ToList();
        return known.Count > 0 || markers.Count > 0 ? known : [.. _entries.Where(entry => entry.Sent.Markers.Count == 0)];
    }

    private static IEnumerable<Finding> JudgeAgainst(Entry entry, PodRequest arrived, List<string> markers)
    {
        if (markers.Except(entry.Sent.Markers).Any())
        {
            yield return new Finding(FindingKind.ForeignBytes, "marker",
                $"A request of {entry.Sent.Caller} has another caller's bytes at {arrived.Pod}.", arrived);
        }

        if (entry.Seen(arrived.Pod) >= (arrived.Pod == RuleMix.MirrorService ? 1 : entry.Rules.MostTries))
        {
            yield return new Finding(FindingKind.RequestSplit, "too often",
                $"{arrived.Pod} got a request of {entry.Sent.Caller} more often than it was sent.", arrived);
        }

        foreach (var finding in RequestCheck.Compare(entry.Sent, arrived, entry.Rules))
        {
            yield return finding;
        }
    }

    private sealed class Entry(SentRequest sent, RuleMix rules)
    {
        private readonly Dictionary<string, int> _seen = [];

        public SentRequest Sent => sent;

        public RuleMix Rules => rules;

        public int Seen(string pod) => _seen.GetValueOrDefault(pod);

        public void Count(string pod) => _seen[pod] = Seen(pod) + 1;
    }
}
