using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>What becomes of a request, aspect by aspect, as people read it. Two outcomes with the same texts are the same.</summary>
/// <param name="All">The aspects in the order in which they are told; one that does not apply is left out.</param>
internal sealed record OutcomeAspects(IReadOnlyList<KeyValuePair<string, string>> All)
{
    private const string Destination = "destination";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>All of it in one text.</summary>
    public string Text => string.Join('\n', All.Select(aspect => $"{aspect.Key}: {aspect.Value}"));

    public static OutcomeAspects Of(RouteOutcome outcome)
    {
        var all = new List<KeyValuePair<string, string>>();
        Add(Destination, Words.Of(outcome));
        Add("body", outcome.Body);
        Add("path", outcome.Path);
        Add("fault", outcome.Fault is null ? null : Words.Of(outcome.Fault));
        Add("response headers", outcome.ResponseHeaderChanges);
        Add("timeout", outcome.Timeout is null ? null : Words.Of(outcome.Timeout));
        Add("retries", outcome.Retries is { } retries ? Retries(retries, outcome) : null);
        Add("session", outcome.Session);
        Add("mirrors", string.Join(", ", outcome.Mirrors.Select(mirror => $"{Words.Of(mirror.Percent)} {mirror.Cluster ?? "nowhere"}")));
        Add("CORS", outcome.Cors is null ? null : JsonSerializer.Serialize(outcome.Cors, Json));
        foreach (var destination in outcome.Destinations)
        {
            var of = outcome.Destinations.Count == 1 ? "" : $" of {destination.Cluster}";
            Add($"Host{of}", destination.Authority);
            Add($"request headers{of}", destination.RequestHeaderChanges);
            Add($"response headers{of}", destination.ResponseHeaderChanges);
            Add($"load balancing{of}", destination.LoadBalancer is { } balancer ? JsonSerializer.Serialize(balancer, Json) : null);
            Add($"limits{of}", destination.ConnectionPool is { } pool ? JsonSerializer.Serialize(pool, Json) : null);
            Add($"circuit breaker{of}", destination.OutlierDetection is { } outliers ? JsonSerializer.Serialize(outliers, Json) : null);
            Add($"pods{of}", string.Join(", ", destination.Endpoints));
        }

        return new OutcomeAspects(all);

        void Add(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                all.Add(KeyValuePair.Create(name, text));
            }
        }
    }

    /// <summary>
    /// What changes to another outcome. Where a request goes to another destination, that is told and nothing of what the destinations are
    /// like.
    /// </summary>
    public IReadOnlyList<AspectChange> ChangesTo(OutcomeAspects other)
    {
        var names = All.Concat(other.All).Select(aspect => aspect.Key).Distinct();
        List<AspectChange> changes = [.. names.Select(name => new AspectChange(name, Find(name), other.Find(name)))
            .Where(change => change.Before != change.After)];
        return changes.Exists(change => change.Aspect == Destination)
            ? [.. changes.Where(change => !IsOfDestination(change.Aspect))]
            : changes;
    }

    private static bool IsOfDestination(string aspect) =>
        aspect.Split(" of ")[0] is "pods" or "load balancing" or "limits" or "circuit breaker"
            || aspect.Contains(" of ", StringComparison.Ordinal);

    private string Find(string name) => All.FirstOrDefault(aspect => aspect.Key == name).Value ?? Words.None;

    private static string Retries(OutcomeRetries retries, RouteOutcome outcome) => string.Create(CultureInfo.InvariantCulture,
        $"{retries.Attempts} on {Conditions(retries.RetryOn, outcome)}"
        + $"{(retries.PerTryTimeout is null ? "" : $", each with {Words.Of(retries.PerTryTimeout)}")}"
        + $", {Words.Of(retries.BackOff)} apart{(retries.AvoidsTriedHosts ? "" : ", also on pods tried before")}");

    /// <summary>
    /// Without a code, that codes are retried says nothing, unless a rule names codes by <c>x-envoy-retriable-status-codes</c>
    /// (<c>source/common/router/retry_state_impl.cc</c> of Envoy). From callers the header does not come.
    /// </summary>
    private static string Conditions(string retryOn, RouteOutcome outcome)
    {
        const string ByCode = "retriable-status-codes";
        if (outcome.Destinations.Any(each => each.RequestHeaderChanges.Contains($"x-envoy-{ByCode}", StringComparison.OrdinalIgnoreCase)))
        {
            return retryOn;
        }

        var conditions = retryOn.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(',', conditions.Any(condition => char.IsAsciiDigit(condition[0])) ? conditions : conditions.Except([ByCode]));
    }
}

/// <summary>One thing that changes for a request.</summary>
/// <param name="Aspect">What it is, such as <c>timeout</c>.</param>
/// <param name="Before">As it was.</param>
/// <param name="After">As it will be.</param>
public sealed record AspectChange(string Aspect, string Before, string After);
