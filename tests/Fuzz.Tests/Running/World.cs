using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Callers;
using Bookinfo.Tests.Fuzz.Checks;
using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Rules;

namespace Bookinfo.Tests.Fuzz.Running;

/// <summary>What one run of a case showed.</summary>
/// <param name="Findings">What must not happen; empty where all went well.</param>
/// <param name="AtPods">Every request that reached a pod meanwhile.</param>
/// <param name="Received">What the attacker got.</param>
public sealed record Outcome(IReadOnlyList<Finding> Findings, IReadOnlyList<PodRequest> AtPods, string Received);

/// <summary>What a world's callers may expect.</summary>
/// <param name="SpeaksHttp2">Whether the proxy takes HTTP/2.</param>
/// <param name="Timeout">How long an answer may take: longer than any healthy one on a busy machine.</param>
public sealed record WorldOptions(bool SpeaksHttp2, TimeSpan Timeout)
{
    public static WorldOptions Default { get; } = new(SpeaksHttp2: true, TimeSpan.FromSeconds(20));
}

/// <summary>
/// A proxy with pods behind it and victims before it. Cases run in it one after the other and share its pooled connections.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly IProxyUnderTest _proxy;
    private readonly IReadOnlyList<RecordingPod> _pods;
    private readonly Dictionary<Listener, Victim[]> _victims;
    private readonly Ledger _ledger = new();
    private readonly WorldOptions _options;
    private RuleMix? _rules;

    private World(IProxyUnderTest proxy, IReadOnlyList<RecordingPod> pods, WorldOptions options)
    {
        _proxy = proxy;
        _pods = pods;
        _options = options;
        _victims = Enum.GetValues<Listener>().ToDictionary(listener => listener,
            listener => new[] { MeetVictim("alice", listener), MeetVictim("bob", listener) });
    }

    public static async Task<World> StartAsync(Func<IReadOnlyList<RecordingPod>, Task<IProxyUnderTest>> startProxy, WorldOptions options)
    {
        RecordingPod[] pods = [RecordingPod.Start(RuleMix.Service), RecordingPod.Start(RuleMix.Http2Service, http2: true),
            RecordingPod.Start(RuleMix.MirrorService)];
        return new World(await startProxy(pods), pods, options);
    }

    /// <summary>
    /// Runs one attack, with victims before it, beside it and after it, and checks everything that the pods and the callers saw.
    /// </summary>
    public async Task<Outcome> RunAsync(RuleMix rules, Attack attack, Random random)
    {
        if (_rules != rules)
        {
            _proxy.Apply(rules);
            _rules = rules;
        }

        var listener = _proxy.AddressOf(attack.Listener);
        var (alice, bob) = (_victims[attack.Listener][0], _victims[attack.Listener][1]);
        var sent = attack.Read();
        foreach (var request in sent.Requests)
        {
            _ledger.Add(request, rules);
        }

        var before = await VisitAsync(alice, attack.Listener, rules, random);
        var during = VisitAsync(bob, attack.Listener, rules, random);
        var conversation = await attack.RunAsync(listener, _options.Timeout);
        await during;
        var after = await Task.WhenAll(VisitAsync(alice, attack.Listener, rules, random), VisitAsync(bob, attack.Listener, rules, random));

        PodRequest[] atPods = [.. _pods.SelectMany(pod => pod.Take())];
        Finding[] findings =
        [
            .. atPods.SelectMany(_ledger.Judge),
            .. ConversationCheck.Judge(sent, conversation, _ledger),
            .. after.Append(before).Append(await during)
                .SelectMany(visit => ConversationCheck.JudgeVisit(visit.Sent, visit.Answer, _ledger, rules)),
        ];
        return new Outcome(findings, atPods, conversation.Received);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var victim in _victims.Values.SelectMany(victims => victims))
        {
            victim.Dispose();
        }

        await _proxy.DisposeAsync();
        foreach (var pod in _pods)
        {
            await pod.DisposeAsync();
        }
    }

    private Victim MeetVictim(string name, Listener listener) =>
        new($"{name} at the {listener}", listener == Listener.Gateway, RuleMix.Service, _options.SpeaksHttp2);

    private async Task<(SentRequest? Sent, Answer? Answer)> VisitAsync(Victim victim, Listener listener, RuleMix rules, Random random)
    {
        using var timeoutEnds = new CancellationTokenSource(_options.Timeout);
        try
        {
            return await victim.VisitAsync(_proxy.AddressOf(listener), random, sent => _ledger.Add(sent, rules), timeoutEnds.Token);
        }
        catch (OperationCanceledException)
        {
            victim.Dispose();
            return (null, null);
        }
    }
}
