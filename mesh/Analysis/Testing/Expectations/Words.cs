using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Expectations;

/// <summary>How expected and actual things are written in messages.</summary>
internal static class Words
{
    public const string None = "none";

    /// <summary>What becomes of a request, in a few words.</summary>
    public static string Of(RouteOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Forward => string.Join(", ", outcome.Destinations.Select(Of)),
        OutcomeKind.Redirect => $"the mesh redirects with {outcome.Status} to {outcome.Location}",
        OutcomeKind.DirectResponse => $"the mesh answers {outcome.Status}",
        OutcomeKind.NoRoute => "no rule matches: the mesh answers 404",
        OutcomeKind.UnknownHost => $"no virtual host has the host: the mesh answers {outcome.Status}",
        _ => "the host is unknown to the mesh, and the request passes through",
    };

    public static string Of(OutcomeDestination destination)
    {
        var percent = destination.Percent == 100 ? "" : string.Create(CultureInfo.InvariantCulture, $"{destination.Percent:0.##} % ");
        var problem = destination.Problem is null ? "" : $" (answered {destination.Status}: {destination.Problem})";
        return $"{percent}{Of(destination.Host, destination.Port, destination.Subset)}{problem}";
    }

    public static string Of(string host, int? port, string? subset) =>
        $"{host}{(port is null ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}"))}"
        + (string.IsNullOrEmpty(subset) ? "" : $" subset {subset}");

    public static string Of(TimeSpan? duration) => duration is null || duration == TimeSpan.Zero ? None
        : string.Create(CultureInfo.InvariantCulture, $"{duration.Value.TotalSeconds:0.###}s");

    public static string Of(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} %");

    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Faults, in the order they happen; a part that never happens is left out.</summary>
    public static string Of(HttpFaultInjection? fault)
    {
        var delay = fault?.Delay is { Percentage: > 0 } slow ? $"{Of(slow.Percentage.Value)} wait {Of(slow.FixedDelay)}" : null;
        var abort = fault?.Abort is { Percentage: > 0 } broken
            ? $"{Of(broken.Percentage.Value)} are answered {broken.GrpcStatus ?? Of(broken.HttpStatus ?? 0)}"
            : null;
        var all = string.Join(", ", new[] { delay, abort }.OfType<string>());
        return all.Length > 0 ? all : None;
    }

    public static string Of(HttpRetry? retry) => retry is null or { Attempts: <= 0 } ? None
        : string.Join(" ", new[]
        {
            $"{Of(retry.Attempts)} attempts",
            retry.RetryOn is null ? null : $"on {retry.RetryOn}",
            retry.PerTryTimeout is null ? null : $"of {Of(retry.PerTryTimeout)} each",
        }.OfType<string>());

    public static string Of(HttpRedirect redirect) => Fields(
        ("uri", redirect.Uri), ("prefixRewrite", redirect.PrefixRewrite), ("authority", redirect.Authority),
        ("port", redirect.Port), ("derivePort", redirect.DerivePort), ("scheme", redirect.Scheme), ("redirectCode", redirect.RedirectCode));

    public static string Of(HttpRewrite rewrite) => Fields(
        ("uri", rewrite.Uri), ("authority", rewrite.Authority),
        ("uriRegexRewrite", rewrite.UriRegexRewrite is { } regex ? $"{regex.Match} to {regex.Rewrite}" : null));

    public static string Of(Mesh.Istio.Model.Delegate reference) => Fields(("name", reference.Name), ("namespace", reference.Namespace));

    public static string Of(Headers headers) => Fields(
        ("request", Operations(headers.Request)), ("response", Operations(headers.Response)));

    private static string? Operations(HeaderOperations? operations) => operations is null ? null : Fields(
        ("set", Map(operations.Set)), ("add", Map(operations.Add)),
        ("remove", operations.Remove.Count == 0 ? null : string.Join(", ", operations.Remove)));

    private static string? Map(IReadOnlyDictionary<string, string> map) =>
        map.Count == 0 ? null
            : Fields([.. map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, (object?)entry.Value))]);

    /// <summary>The fields that are there, as YAML writes them in one line.</summary>
    private static string Fields(params IReadOnlyList<(string Name, object? Value)> fields) =>
        $"{{{string.Join(", ", fields.Where(field => field.Value is not null)
            .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Name}: {field.Value}")))}}}";
}
