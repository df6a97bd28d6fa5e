using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>The mesh's access log, line by line, found again by request id.</summary>
public sealed partial class AccessLog : TextWriter
{
    private readonly StringBuilder _line = new();
    private readonly ConcurrentQueue<string> _lines = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_line)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }

            _lines.Enqueue(_line.ToString().TrimEnd('\r'));
            _line.Clear();
        }
    }

    /// <summary>
    /// Flags and route name of a request. It is logged when it is over, which may be a moment after its caller has read the answer.
    /// The format is <c>pilot/pkg/model/telemetry_logging.go: EnvoyTextLogFormat</c>.
    /// </summary>
    public async Task<(string Flags, string Route)> FindAsync(string requestId)
    {
        string? line = null;
        await Eventually.UntilAsync(
            () => (line = _lines.FirstOrDefault(line => line.Contains(requestId, StringComparison.Ordinal))) is not null,
            $"no line of the access log has the request id {requestId}");
        var match = Format().Match(line!);
        Assert.True(match.Success, $"not in Envoy's text format: {line}");
        return (match.Groups["flags"].Value, match.Groups["route"].Value);
    }

    [GeneratedRegex("""^\[[^\]]+\] "[^"]*" \d+ (?<flags>\S+) .* (?<route>\S+)$""")]
    private static partial Regex Format();
}
