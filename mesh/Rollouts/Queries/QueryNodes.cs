namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>A value with the labels that tell it from the others of its vector.</summary>
internal readonly record struct Element(LabelSet Labels, double Value);

/// <summary>A number or a vector.</summary>
internal readonly record struct QueryValue(double Scalar, IReadOnlyList<Element>? Elements)
{
    public bool IsScalar => Elements is null;

    public IReadOnlyList<Element> Vector => Elements ?? [new Element(LabelSet.Empty, Scalar)];
}

/// <summary>Labels that compare by their contents.</summary>
internal sealed class LabelSet(IReadOnlyDictionary<string, string> labels) : IEquatable<LabelSet>
{
    public static readonly LabelSet Empty = new(new Dictionary<string, string>());

    private readonly string _key = string.Join('\n', labels.OrderBy(label => label.Key, StringComparer.Ordinal)
        .Select(label => $"{label.Key}={label.Value}"));

    public string? this[string name] => labels.GetValueOrDefault(name);

    public bool IsEmpty => labels.Count == 0;

    public LabelSet Only(IReadOnlyCollection<string> names) => names.Count == 0 ? Empty
        : new LabelSet(labels.Where(label => names.Contains(label.Key)).ToDictionary(StringComparer.Ordinal));

    public LabelSet Without(string name) =>
        labels.ContainsKey(name) ? new LabelSet(labels.Where(label => label.Key != name).ToDictionary(StringComparer.Ordinal)) : this;

    public bool Equals(LabelSet? other) => other is not null && other._key == _key;

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode() => string.GetHashCode(_key, StringComparison.Ordinal);
}

/// <summary>A part of a query.</summary>
internal abstract record QueryNode
{
    public abstract QueryValue Evaluate(SampleStore samples, DateTimeOffset at);
}

internal sealed record NumberNode(double Value) : QueryNode
{
    public override QueryValue Evaluate(SampleStore samples, DateTimeOffset at) => new(Value, null);
}

/// <summary><c>vector(x)</c> and <c>scalar(x)</c>.</summary>
internal sealed record ConvertNode(QueryNode Inner, bool ToScalar) : QueryNode
{
    public override QueryValue Evaluate(SampleStore samples, DateTimeOffset at)
    {
        var value = Inner.Evaluate(samples, at);
        return ToScalar
            ? new QueryValue(value.Vector.Count == 1 ? value.Vector[0].Value : double.NaN, null)
            : new QueryValue(0, value.Vector);
    }
}

/// <summary>The last value of each counter, or how it rose within the selector's range.</summary>
internal sealed record SelectorNode(Selector Selector, RateFunction? Function) : QueryNode
{
    public override QueryValue Evaluate(SampleStore samples, DateTimeOffset at)
    {
        List<Element> elements = [];
        foreach (var (series, labels) in Selector.Select(samples))
        {
            var value = Function is { } function
                ? Rate.Of(function, series.Between((at - Selector.Range!.Value).UtcTicks, at.UtcTicks),
                    (at - Selector.Range.Value).UtcTicks,
                    at.UtcTicks)
                : Last(series, at);
            if (value is { } number)
            {
                elements.Add(new Element(labels, number));
            }
        }

        return new QueryValue(0, elements);
    }

    private static double? Last(Series series, DateTimeOffset at)
    {
        var samples = series.Between((at - Selector.Lookback).UtcTicks, at.UtcTicks);
        return samples.Length == 0 ? null : samples[^1].Value;
    }
}

internal sealed record SumNode(QueryNode Inner, IReadOnlyList<string> By) : QueryNode
{
    public override QueryValue Evaluate(SampleStore samples, DateTimeOffset at)
    {
        var sums = new Dictionary<LabelSet, double>();
        foreach (var element in Inner.Evaluate(samples, at).Vector)
        {
            var group = element.Labels.Only(By);
            sums[group] = sums.GetValueOrDefault(group) + element.Value;
        }

        return new QueryValue(0, [.. sums.Select(sum => new Element(sum.Key, sum.Value))]);
    }
}

internal sealed record QuantileNode(double Quantile, QueryNode Inner) : QueryNode
{
    public override QueryValue Evaluate(SampleStore samples, DateTimeOffset at) => new(0,
    [
        .. Inner.Evaluate(samples, at).Vector.GroupBy(element => element.Labels.Without(MetricNames.UpperBound))
            .Select(group => new Element(group.Key, Buckets.Quantile(Quantile, group))),
    ]);
}

/// <summary><c>a or b</c>: the elements of b whose labels a has not are added to those of a.</summary>
internal sealed record OrNode(QueryNode Left, QueryNode Right) : QueryNode
{
    public override QueryValue Evaluate(SampleStore samples, DateTimeOffset at)
    {
        var left = Left.Evaluate(samples, at).Vector;
        var known = left.Select(element => element.Labels).ToHashSet();
        return new QueryValue(0, [.. left, .. Right.Evaluate(samples, at).Vector.Where(element => !known.Contains(element.Labels))]);
    }
}

/// <summary>Arithmetic; elements of two vectors go together where their labels are the same.</summary>
internal sealed record ArithmeticNode(char Sign, QueryNode Left, QueryNode Right) : QueryNode
{
    public override QueryValue Evaluate(SampleStore samples, DateTimeOffset at)
    {
        var (left, right) = (Left.Evaluate(samples, at), Right.Evaluate(samples, at));
        if (left.IsScalar && right.IsScalar)
        {
            return new QueryValue(Apply(left.Scalar, right.Scalar), null);
        }

        if (right.IsScalar)
        {
            return new QueryValue(0, [.. left.Vector.Select(element => element with { Value = Apply(element.Value, right.Scalar) })]);
        }

        if (left.IsScalar)
        {
            return new QueryValue(0, [.. right.Vector.Select(element => element with { Value = Apply(left.Scalar, element.Value) })]);
        }

        var others = right.Vector.DistinctBy(element => element.Labels).ToDictionary(element => element.Labels, element => element.Value);
        return new QueryValue(0,
        [
            .. left.Vector.Where(element => others.ContainsKey(element.Labels))
                .Select(element => element with { Value = Apply(element.Value, others[element.Labels]) }),
        ]);
    }

    private double Apply(double left, double right) => Sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => left / right,
    };
}
