using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>
/// What a pod logs, as far as it belongs on the Lab's screen: its errors, each with the pod's name. What Polly reports of each call that
/// it refuses or gives up is in the pod's own log only: under a load it would fill the screen.
/// </summary>
/// <param name="pod">The pod's name.</param>
/// <param name="writer">Where they are written.</param>
/// <param name="lines">The pod's own log, which has them too; null for none.</param>
internal sealed class PodLog(string pod, TextWriter writer, PodLines? lines = null) : ILoggerFactory, ILoggerProvider
{
    private const string RequestCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";
    private const string ResilienceCategory = "Polly";
    private const string HealthCategories = "Microsoft.Extensions.Diagnostics.HealthChecks.";

    public void AddProvider(ILoggerProvider provider)
    {
        // A provider that a service brings has nowhere to write to here.
    }

    /// <summary>
    /// The host makes an Activity for every request as soon as the first of these categories is on at any level, only to print it. By the
    /// second it says, with a stack trace, what it throws at the Lab as well: that its start failed, or was given up. By those of the
    /// health checks a pod that is unhealthy would say so at each probe, as the probe's answer does too, and a pod that stops while its
    /// checks run (catalog publishes them for gRPC's health service) would say that they failed.
    /// </summary>
    public ILogger CreateLogger(string categoryName) =>
        categoryName is RequestCategory or HostCategory || categoryName.StartsWith(HealthCategories, StringComparison.Ordinal)
            ? NullLogger.Instance
            : new Errors(pod, categoryName, writer, lines);

    public void Dispose()
    {
    }

    private sealed class Errors(string pod, string category, TextWriter writer, PodLines? lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var cause = exception is null ? "" : $": {exception}";
                var line = $"{category}: {formatter(state, exception)}{cause}";
                if (category != ResilienceCategory)
                {
                    writer.WriteLine($"{pod}: {line}");
                }

                lines?.Add(line);
            }
        }
    }
}
