using System.Globalization;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>Reads a query: <c>or</c> binds weakest, then <c>+ -</c>, then <c>* /</c>, as in PromQL.</summary>
internal sealed class QueryParser(string text)
{
    private const int DeepestNesting = 50;
    private const int Longest = 8192;

    private static readonly string[] Functions =
        ["rate", "irate", "increase", "sum", "histogram_quantile", "vector", "scalar"];

    private readonly List<Selector> _selectors = [];
    private List<QueryToken> _tokens = [];
    private int _at;
    private int _depth;

    private QueryToken Current => _tokens[_at];

    /// <exception cref="QueryException">It cannot be read, or is not answered here.</exception>
    public Query Parse()
    {
        if (text.Length > Longest)
        {
            throw new QueryException($"the query is longer than {Longest} characters");
        }

        _tokens = QueryLexer.Read(text);
        if (Current.Kind == QueryTokenKind.End)
        {
            throw new QueryException("the query is empty");
        }

        var root = Or();
        return Current.Kind == QueryTokenKind.End ? new Query(text.Trim(), root, _selectors) : throw Unexpected();
    }

    private QueryNode Or()
    {
        var left = Sum();
        while (TakeName("or"))
        {
            if (TakeName("on"))
            {
                Expect("(");
                Expect(")");
            }

            left = new OrNode(left, Sum());
        }

        return left;
    }

    private QueryNode Sum()
    {
        var left = Product();
        while (Current is { Kind: QueryTokenKind.Sign, Text: "+" or "-" })
        {
            left = new ArithmeticNode(Take().Text[0], left, Product());
        }

        return left;
    }

    private QueryNode Product()
    {
        var left = Primary();
        while (Current is { Kind: QueryTokenKind.Sign, Text: "*" or "/" })
        {
            left = new ArithmeticNode(Take().Text[0], left, Primary());
        }

        return left;
    }

    private QueryNode Primary()
    {
        if (++_depth > DeepestNesting)
        {
            throw new QueryException($"the query is nested more than {DeepestNesting} deep");
        }

        QueryNode node;
        if (TakeSign("-"))
        {
            node = new ArithmeticNode('-', new NumberNode(0), Primary());
        }
        else if (TakeSign("("))
        {
            node = Or();
            Expect(")");
        }
        else if (Current.Kind == QueryTokenKind.Number)
        {
            node = new NumberNode(Number());
        }
        else
        {
            node = Current.Kind == QueryTokenKind.Name ? Named() : throw Unexpected();
        }

        _depth--;
        return node;
    }

    private QueryNode Named()
    {
        var name = Take();
        switch (name.Text)
        {
            case "sum":
                return Aggregation();
            case "rate" or "irate" or "increase":
                return Inside(() => Ranged(name.Text switch
                {
                    "rate" => RateFunction.Rate,
                    "irate" => RateFunction.Irate,
                    _ => RateFunction.Increase,
                }, name));
            case "histogram_quantile":
                return Inside(() =>
                {
                    var quantile = Number();
                    Expect(",");
                    return new QuantileNode(quantile, Or());
                });
            case "vector":
                return Inside(() => new ConvertNode(Or(), ToScalar: false));
            case "scalar":
                return Inside(() => new ConvertNode(Or(), ToScalar: true));
        }

        if (Current is { Kind: QueryTokenKind.Sign, Text: "(" } || Current is { Kind: QueryTokenKind.Name, Text: "by" or "without" })
        {
            throw new QueryException($"the function {name.Text} at column {name.Column} is not answered here",
                $"there are {Messages.AllOf(Functions)}");
        }

        var selector = Select(name.Text);
        return selector.Range is null ? new SelectorNode(selector, null) : throw new QueryException(
            $"the range at column {name.Column} needs a function around it", $"write rate({name.Text}{{...}}[1m])");
    }

    private SumNode Aggregation()
    {
        var by = By();
        var inner = Inside(Or);
        return new SumNode(inner, by.Count > 0 ? by : By());
    }

    private List<string> By()
    {
        List<string> labels = [];
        if (Current is { Kind: QueryTokenKind.Name, Text: "without" })
        {
            throw new QueryException($"without at column {Current.Column} is not answered here", "name the labels to keep: by (...)");
        }

        if (!TakeName("by"))
        {
            return labels;
        }

        Expect("(");
        while (!TakeSign(")"))
        {
            labels.Add(Current.Kind == QueryTokenKind.Name ? Take().Text : throw Unexpected());
            if (Current is not { Kind: QueryTokenKind.Sign, Text: ")" })
            {
                Expect(",");
            }
        }

        return labels;
    }

    private SelectorNode Ranged(RateFunction function, QueryToken name)
    {
        var metric = Current.Kind == QueryTokenKind.Name ? Take() : throw Unexpected();
        var selector = Select(metric.Text);
        return selector.Range is null
            ? throw new QueryException($"{name.Text} at column {name.Column} needs a range", $"write {metric.Text}{{...}}[1m]")
            : new SelectorNode(selector, function);
    }

    private Selector Select(string metric)
    {
        MetricNames.RequireMetric(metric);
        List<LabelMatcher> matchers = [];
        if (TakeSign("{"))
        {
            while (!TakeSign("}"))
            {
                matchers.Add(Matcher(metric));
                if (Current is not { Kind: QueryTokenKind.Sign, Text: "}" })
                {
                    Expect(",");
                }
            }
        }

        var selector = new Selector(metric, matchers, Range());
        if (Current is { Kind: QueryTokenKind.Name, Text: "offset" } or { Kind: QueryTokenKind.Sign, Text: "@" })
        {
            throw new QueryException($"{Current.Text} at column {Current.Column} is not answered here", "ask for the present");
        }

        _selectors.Add(selector);
        return selector;
    }

    private LabelMatcher Matcher(string metric)
    {
        var name = Current.Kind == QueryTokenKind.Name ? Take().Text : throw Unexpected();
        MetricNames.RequireLabel(name, metric);
        var sign = Take();
        var value = Current.Kind == QueryTokenKind.Text ? Take() : throw Unexpected();
        switch (sign.Text)
        {
            case "=" or "!=":
                return new LabelMatcher(name, value.Text, null, sign.Text == "!=");
            case "=~" or "!~":
                return Re2.FindError(value.Text) is { } error
                    ? throw new QueryException($"the expression at column {value.Column} is not one: {error}")
                    : new LabelMatcher(name, null, Re2.WholeText(value.Text), sign.Text == "!~");
            default:
                throw new QueryException($"{sign.Text} at column {sign.Column} compares no label", "use =, !=, =~ or !~");
        }
    }

    private TimeSpan? Range()
    {
        if (!TakeSign("["))
        {
            return null;
        }

        var token = Current.Kind == QueryTokenKind.Duration ? Take() : throw Unexpected();
        if (Current is { Kind: QueryTokenKind.Sign, Text: ":" } or { Kind: QueryTokenKind.Name })
        {
            throw new QueryException($"the subquery at column {token.Column} is not answered here");
        }

        Expect("]");
        return PromDuration.Parse(token.Text) is { } range && range > TimeSpan.Zero && range <= TimeSpan.FromDays(1)
            ? range
            : throw new QueryException($"{token.Text} at column {token.Column} is not a range up to one day", "write 30s, 2m or 1h");
    }

    private double Number()
    {
        var token = Current.Kind == QueryTokenKind.Number ? Take() : throw Unexpected();
        return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new QueryException($"{token.Text} at column {token.Column} is not a number");
    }

    private T Inside<T>(Func<T> read)
    {
        Expect("(");
        var inner = read();
        Expect(")");
        return inner;
    }

    private QueryToken Take() => Current.Kind == QueryTokenKind.End ? Current : _tokens[_at++];

    private bool TakeSign(string sign) => TakeIf(QueryTokenKind.Sign, sign);

    private bool TakeName(string name) => TakeIf(QueryTokenKind.Name, name);

    private bool TakeIf(QueryTokenKind kind, string word)
    {
        var found = Current.Kind == kind && Current.Text == word;
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(string sign)
    {
        if (!TakeSign(sign))
        {
            throw Unexpected($"\"{sign}\" is expected");
        }
    }

    private QueryException Unexpected(string? expected = null) => Current.Kind == QueryTokenKind.End
        ? new QueryException("the query ends too early", expected)
        : new QueryException($"\"{Current.Text}\" at column {Current.Column} is not answered here", expected);
}
