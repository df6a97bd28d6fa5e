using System.Globalization;
using Antlr4.Runtime.Tree;
using Bookinfo.Mesh.Istio.Problems;
using Cel.Internal;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>Makes a function of a condition's tree, with expr-lang's meaning of each operator.</summary>
internal sealed class ConditionCompiler : CelBaseVisitor<Func<ConditionScope, object?>>
{
    private const string Result = "result";

    /// <summary>Stands for what follows <c>?.</c> after nothing.</summary>
    private static readonly object Skipped = new();

    private int _predicates;

    /// <summary>The function: from what names stand for to the condition's value.</summary>
    /// <exception cref="ConditionException">It names what is not known.</exception>
    public static Func<ConditionScope, object?> Compile(IParseTree tree) => new ConditionCompiler().Visit(tree);

    public override Func<ConditionScope, object?> VisitExpr(CelParser.ExprContext context)
    {
        var condition = Visit(context.e);
        if (context.op is null)
        {
            return condition;
        }

        var (yes, no) = (Visit(context.e1), Visit(context.e2));
        return scope => ConditionValues.Truth(condition(scope), "?") ? yes(scope) : no(scope);
    }

    public override Func<ConditionScope, object?> VisitConditionalOr(CelParser.ConditionalOrContext context)
    {
        var parts = context.conditionalAnd().Select(Visit).ToArray();
        return parts.Length == 1 ? parts[0] : scope => Array.Exists(parts, part => ConditionValues.Truth(part(scope), "||"));
    }

    public override Func<ConditionScope, object?> VisitConditionalAnd(CelParser.ConditionalAndContext context)
    {
        var parts = context.relation().Select(Visit).ToArray();
        return parts.Length == 1 ? parts[0] : scope => Array.TrueForAll(parts, part => ConditionValues.Truth(part(scope), "&&"));
    }

    public override Func<ConditionScope, object?> VisitRelation(CelParser.RelationContext context)
    {
        if (context.op is null)
        {
            return Visit(context.calc());
        }

        var (op, left, right) = (context.op.Text, Visit(context.relation(0)), Visit(context.relation(1)));
        return scope => ConditionValues.Binary(op, left(scope), right(scope));
    }

    public override Func<ConditionScope, object?> VisitCalc(CelParser.CalcContext context)
    {
        if (context.op is null)
        {
            return Visit(context.unary());
        }

        List<CelParser.UnaryContext> operands = [];
        List<string> operators = [];
        Flatten(context, operands, operators);
        for (var at = 0; at < operators.Count; at++)
        {
            if (OperatorChain.BindsTighterThanSigns(operators[at]) && operands[at].GetText()[0] is '-' or '!')
            {
                throw new ConditionException($"a sign stands before {operators[at]}", "put parentheses around what belongs together");
            }
        }

        return OperatorChain.Fold([.. operands.Select(Visit)], operators);
    }

    public override Func<ConditionScope, object?> VisitMemberExpr(CelParser.MemberExprContext context)
    {
        var member = Visit(context.member());
        return scope => member(scope) is var value && ReferenceEquals(value, Skipped) ? null : value;
    }

    public override Func<ConditionScope, object?> VisitLogicalNot(CelParser.LogicalNotContext context)
    {
        var member = Visit(context.member());
        var times = context.EXCLAM().Length;
        return scope => ConditionValues.Truth(member(scope), "!") ^ (times % 2 == 1);
    }

    public override Func<ConditionScope, object?> VisitNegate(CelParser.NegateContext context)
    {
        var member = Visit(context.member());
        var times = context.MINUS().Length;
        return scope => times % 2 == 0 ? member(scope) : ConditionValues.Negate(member(scope));
    }

    public override Func<ConditionScope, object?> VisitPrimaryExpr(CelParser.PrimaryExprContext context) => Visit(context.primary());

    public override Func<ConditionScope, object?> VisitSelect(CelParser.SelectContext context)
    {
        var (member, name, isOptional) = (Visit(context.member()), context.id.Text, context.opt is not null);
        return scope => Reach(member(scope), isOptional, owner => ConditionValues.Field(owner, name));
    }

    public override Func<ConditionScope, object?> VisitMemberCall(CelParser.MemberCallContext context) =>
        throw new ConditionException($"a result has no method {context.id.Text}",
            $"write {context.id.Text}(...) if it is one of the functions {Functions.Names}");

    public override Func<ConditionScope, object?> VisitIndex(CelParser.IndexContext context)
    {
        var (member, index, isOptional) = (Visit(context.member()), Visit(context.index), context.opt is not null);
        return scope => Reach(member(scope), isOptional, owner => ConditionValues.Index(owner, index(scope)));
    }

    public override Func<ConditionScope, object?> VisitNested(CelParser.NestedContext context) => Visit(context.e);

    public override Func<ConditionScope, object?> VisitCreateList(CelParser.CreateListContext context)
    {
        var items = context.elems is null ? [] : context.elems.optExpr().Select(item => Visit(item.e)).ToArray();
        return scope => Array.ConvertAll(items, item => item(scope));
    }

    public override Func<ConditionScope, object?> VisitCreateStruct(CelParser.CreateStructContext context)
    {
        var entries = context.entries is null ? [] : context.entries._keys.Zip(context.entries._values, (key, value) =>
            (Name: NameOf(key.e), Value: Visit(value))).ToList();
        return scope => entries.ToDictionary(entry => entry.Name, entry => entry.Value(scope), StringComparer.Ordinal);
    }

    public override Func<ConditionScope, object?> VisitCreateMessage(CelParser.CreateMessageContext context) =>
        throw new ConditionException($"there are no types such as {context.GetText().Split('{')[0]}");

    public override Func<ConditionScope, object?> VisitIdentOrGlobalCall(CelParser.IdentOrGlobalCallContext context)
    {
        var name = context.id.Text;
        if (context.op is not null)
        {
            return Call(name, context);
        }

        if (context.leadingDot is not null)
        {
            return InPredicate($".{name}", scope => ConditionValues.Field(scope.Item, name));
        }

        return name switch
        {
            Result => scope => scope.Result,
            "#" => InPredicate(name, scope => scope.Item),
            "#index" => InPredicate(name, scope => scope.Index),
            "#acc" => InPredicate(name, scope => scope.Accumulated),
            _ => throw new ConditionException($"unknown name {name}", Messages.Nearest(name, [Result]) is { } near
                ? $"did you mean {near}?" : $"the measured value is called {Result}"),
        };
    }

    public override Func<ConditionScope, object?> VisitConstantLiteral(CelParser.ConstantLiteralContext context) =>
        Visit(context.literal());

    public override Func<ConditionScope, object?> VisitInt(CelParser.IntContext context)
    {
        var text = context.tok.Text;
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!long.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture,
            out var number))
        {
            throw new ConditionException($"{text} is not a whole number of 64 bits");
        }

        return Constant(context.sign is null ? number : -number);
    }

    public override Func<ConditionScope, object?> VisitDouble(CelParser.DoubleContext context) =>
        Constant(double.Parse((context.sign is null ? "" : "-") + context.tok.Text, NumberStyles.Float, CultureInfo.InvariantCulture));

    public override Func<ConditionScope, object?> VisitString(CelParser.StringContext context) =>
        Constant(ConditionLiterals.Text(context.tok.Text));

    public override Func<ConditionScope, object?> VisitBoolTrue(CelParser.BoolTrueContext context) => Constant(true);

    public override Func<ConditionScope, object?> VisitBoolFalse(CelParser.BoolFalseContext context) => Constant(false);

    public override Func<ConditionScope, object?> VisitNull(CelParser.NullContext context) => Constant(null);

    public override Func<ConditionScope, object?> VisitUint(CelParser.UintContext context) =>
        throw new ConditionException($"{context.tok.Text} is not a number of expr-lang", "leave out the u");

    public override Func<ConditionScope, object?> VisitBytes(CelParser.BytesContext context) =>
        throw new ConditionException($"{context.tok.Text} is not a text of expr-lang", "leave out the b");

    private static Func<ConditionScope, object?> Constant(object? value) => _ => value;

    private Func<ConditionScope, object?> Call(string name, CelParser.IdentOrGlobalCallContext context)
    {
        if (context.leadingDot is not null)
        {
            throw new ConditionException($"an element has no method {name}");
        }

        Functions.RequireKnown(name);
        var arguments = context.args is null ? [] : context.args.expr();
        List<Func<ConditionScope, object?>> compiled = [];
        for (var at = 0; at < arguments.Length; at++)
        {
            var inside = at == 1 && Predicates.Contains(name) ? 1 : 0;
            _predicates += inside;
            compiled.Add(Visit(arguments[at]));
            _predicates -= inside;
        }

        return Functions.Compile(name, compiled);
    }

    private Func<ConditionScope, object?> InPredicate(string name, Func<ConditionScope, object?> value) => _predicates > 0 ? value
        : throw new ConditionException($"{name} stands outside of a predicate", "write it inside of all(result, # > 1) or the like");

    /// <summary>A member of a value. Of nothing, after <c>?.</c>, the rest of the way to members is skipped.</summary>
    private static object? Reach(object? owner, bool isOptional, Func<object?, object?> member) =>
        ReferenceEquals(owner, Skipped) || (isOptional && owner is null) ? Skipped : member(owner);

    private static string NameOf(CelParser.ExprContext key) => key.GetText() is var text && text[0] is '"' or '\''
        ? ConditionLiterals.Text(text)
        : text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_') ? text
        : throw new ConditionException($"{text} is not understood as the key of a map here", "write a name or a text in quotes");

    private static void Flatten(CelParser.CalcContext context, List<CelParser.UnaryContext> operands, List<string> operators)
    {
        if (context.op is null)
        {
            operands.Add(context.unary());
            return;
        }

        Flatten(context.calc(0), operands, operators);
        operators.Add(context.op.Text);
        Flatten(context.calc(1), operands, operators);
    }
}
