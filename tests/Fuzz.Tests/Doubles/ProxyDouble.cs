using System.Net;
using System.Net.Sockets;
using Bookinfo.Tests.Fuzz.Attacks;
using Bookinfo.Tests.Fuzz.Callers;
using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Running;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Doubles;

/// <summary>
/// The smallest proxy that the fuzzer finds nothing wrong with: HTTP/1.1 only, no rules, one connection to the first pod for all callers.
/// Those that derive from it are broken in one way each.
/// </summary>
public class ProxyDouble : IProxyUnderTest
{
    private static readonly Http1Reader Reader = new(strict: false);
    private readonly RecordingPod _pod;
    private readonly Dictionary<Listener, Socket> _listeners = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private Http1Caller? _toPod;

    public ProxyDouble(IReadOnlyList<RecordingPod> pods)
    {
        _pod = pods[0];
        foreach (var listener in Enum.GetValues<Listener>())
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen();
            _listeners[listener] = socket;
            _ = AcceptAsync(socket, listener);
        }
    }

    public IPEndPoint AddressOf(Listener listener) => (IPEndPoint)_listeners[listener].LocalEndPoint!;

    public void Apply(RuleMix rules)
    {
        if (rules != RuleMix.Plain)
        {
            throw new NotSupportedException("The double has no rules.");
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var listener in _listeners.Values)
        {
            listener.Dispose();
        }

        _toPod?.Dispose();
        _oneAtATime.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The bytes that the pod is sent for a request.</summary>
    protected virtual string Write(SentRequest request)
    {
        var fields = request.Fields.Where(field => !Stops(request, field) && !field.Is("content-length"));
        return $"{request.Method} {TargetFor(request)} HTTP/1.1\r\nhost: {request.Authority}\r\n{string.Concat(fields.Select(field => $"{field}\r\n"))}"
            + $"content-length: {request.Body.Length}\r\n\r\n{request.Body}";
    }

    protected virtual string TargetFor(SentRequest request) => PathNormalization.Apply(request.Target);

    protected virtual bool Stops(SentRequest request, Field field) => HopFields.Stops(request, field);

    /// <summary>The bytes that the caller is answered; null for none at all.</summary>
    protected virtual string? AnswerWith(SentRequest request, string answer) => answer;

    private async Task AcceptAsync(Socket socket, Listener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(new Connection(await socket.AcceptAsync()), listener);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The double has been stopped.
        }
    }

    private async Task ServeAsync(Connection connection, Listener listener)
    {
        using (connection)
        {
            do
            {
                while (connection.Received.Length > 0
                    && Reader.Read(connection.Received, 0) is { State: not ReadingState.Incomplete } reading)
                {
                    var read = Http1Reference.Read(connection.Received[..Math.Max(reading.End, 1)], listener == Listener.Gateway,
                        "a caller");
                    if (reading.State == ReadingState.Invalid || read.Requests is not [{ Refusal: null } request])
                    {
                        await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
                        return;
                    }

                    connection.Forget(reading.End);
                    if (AnswerWith(request, await AskPodAsync(request)) is not { } answer)
                    {
                        // Leaves the caller waiting until it goes.
                        while (await connection.ReceiveAsync(CancellationToken.None))
                        {
                        }

                        return;
                    }

                    await connection.SendAsync(answer);
                }
            }
            while (await connection.ReceiveAsync(CancellationToken.None));
        }
    }

    private async Task<string> AskPodAsync(SentRequest request)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            _toPod ??= new Http1Caller(await Connection.OpenAsync(_pod.Address));
            await _toPod.Connection.SendAsync(Write(request));
            var answer = await _toPod.ReadAsync(request.Method, CancellationToken.None);
            if (answer is null or { Closes: true })
            {
                _toPod.Dispose();
                _toPod = null;
            }

            return answer?.Raw ?? "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n";
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
