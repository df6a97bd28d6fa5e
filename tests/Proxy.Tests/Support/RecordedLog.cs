using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>Keeps what is logged.</summary>
/// <param name="least">The least level of what is kept.</param>
internal sealed class RecordedLog(LogLevel least = LogLevel.Warning) : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(string Message, Exception? Exception)> _entries = [];

    public IReadOnlyCollection<(string Message, Exception? Exception)> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _entries.Enqueue((formatter(state, exception), exception));
        }
    }

    public void Dispose()
    {
    }
}
