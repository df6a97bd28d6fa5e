namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>
/// A query in the part of PromQL that is asked of a canary: <c>rate</c>, <c>irate</c> and <c>increase</c> of Istio's counters, <c>sum</c>
/// with <c>by</c>, <c>histogram_quantile</c>, <c>vector</c>, <c>scalar</c>, <c>or</c>, arithmetic, numbers. Everything else is refused by
/// its
/// name. The meaning is Prometheus' (<c>promql/functions.go</c>, <c>promql/quantile.go</c>).
/// </summary>
public sealed class Query
{
    private readonly QueryNode _root;
    private readonly IReadOnlyList<Selector> _selectors;

    internal Query(string text, QueryNode root, IReadOnlyList<Selector> selectors) => (Text, _root, _selectors) = (text, root, selectors);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>How far back it looks.</summary>
    public TimeSpan Range => _selectors.Select(selector => selector.Range ?? Selector.Lookback).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>Reads a query.</summary>
    /// <exception cref="QueryException">It cannot be read, or is not answered here.</exception>
    public static Query Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new QueryParser(text).Parse();
    }

    /// <summary>Answers it.</summary>
    /// <param name="samples">The counters.</param>
    /// <param name="at">The moment that it is asked for.</param>
    public QueryAnswer Ask(SampleStore samples, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var value = _root.Evaluate(samples, at);
        return new QueryAnswer(
            value.IsScalar ? value.Scalar : null,
            value.IsScalar ? [] : [.. value.Vector.Select(element => element.Value)],
            _selectors.Count == 0 ? null : _selectors.Max(selector => selector.RequestsWithin(samples, at)));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>What a query came to.</summary>
/// <param name="Scalar">The number of a scalar; null for a vector.</param>
/// <param name="Vector">The values of a vector, without their labels; empty where there are no samples.</param>
/// <param name="Requests">How many requests it looked at; null where it looks at none, as <c>vector(1)</c>.</param>
public sealed record QueryAnswer(double? Scalar, IReadOnlyList<double> Vector, double? Requests)
{
    /// <summary>The result that conditions are about (argo-rollouts <c>metricproviders/prometheus/prometheus.go: processResponse</c>).
    /// </summary>
    public object Result => Scalar is { } number ? number : Vector;

    /// <summary>As Argo writes it into a measurement, <c>[0.95]</c>, but with four digits.</summary>
    public string Text => Scalar is { } number ? Write(number) : $"[{string.Join(',', Vector.Select(Write))}]";

    private static string Write(double value) => double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf"
        : value.ToString(Math.Abs(value) >= 1000 ? "0" : "G4", System.Globalization.CultureInfo.InvariantCulture);
}
