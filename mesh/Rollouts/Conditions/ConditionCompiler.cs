using System.Globalization;
using Antlr4.Runtime.Tree;
using Bookinfo.Mesh.Istio.Problems;
using Cel.Internal;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>Makes a function of a condition's tree, with expr-lang's meaning of each operator.</summary>
internal sealed class ConditionCompiler : CelBaseVisitor<Func<object?, object?>>
{
    private const string Result = "result";

    /// <summary>The function: from a metric's result to the condition's value.</summary>
    /// <exception cref="ConditionException">It names what is not known.</exception>
    public static Func<object?, object?> Compile(IParseTree tree) => new ConditionCompiler().Visit(tree);

    public override Func<object?, object?> VisitExpr(CelParser.ExprContext context)
    {
        var condition = Visit(context.e);
        if (context.op is null)
        {
            return condition;
        }

        var (yes, no) = (Visit(context.e1), Visit(context.e2));
        return result => ConditionValues.Truth(condition(result), "?") ? yes(result) : no(result);
    }

    public override Func<object?, object?> VisitConditionalOr(CelParser.ConditionalOrContext context)
    {
        var parts = context.conditionalAnd().Select(Visit).ToArray();
        return parts.Length == 1 ? parts[0] : result => Array.Exists(parts, part => ConditionValues.Truth(part(result), "||"));
    }

    public override Func<object?, object?> VisitConditionalAnd(CelParser.ConditionalAndContext context)
    {
        var parts = context.relation().Select(Visit).ToArray();
        return parts.Length == 1 ? parts[0] : result => Array.TrueForAll(parts, part => ConditionValues.Truth(part(result), "&&"));
    }

    public override Func<object?, object?> VisitRelation(CelParser.RelationContext context) =>
        context.op is null ? Visit(context.calc()) : Binary(context.op.Text, Visit(context.relation(0)), Visit(context.relation(1)));

    public override Func<object?, object?> VisitCalc(CelParser.CalcContext context) =>
        context.op is null ? Visit(context.unary()) : Binary(context.op.Text, Visit(context.calc(0)), Visit(context.calc(1)));

    public override Func<object?, object?> VisitMemberExpr(CelParser.MemberExprContext context) => Visit(context.member());

    public override Func<object?, object?> VisitLogicalNot(CelParser.LogicalNotContext context)
    {
        var member = Visit(context.member());
        var times = context.EXCLAM().Length;
        return result => ConditionValues.Truth(member(result), "!") ^ (times % 2 == 1);
    }

    public override Func<object?, object?> VisitNegate(CelParser.NegateContext context)
    {
        var member = Visit(context.member());
        var times = context.MINUS().Length;
        return result => times % 2 == 0 ? member(result) : ConditionValues.Negate(member(result));
    }

    public override Func<object?, object?> VisitPrimaryExpr(CelParser.PrimaryExprContext context) => Visit(context.primary());

    public override Func<object?, object?> VisitSelect(CelParser.SelectContext context)
    {
        var (member, name) = (Visit(context.member()), context.id.Text);
        return result => ConditionValues.Field(member(result), name);
    }

    public override Func<object?, object?> VisitMemberCall(CelParser.MemberCallContext context) =>
        throw new ConditionException($"a result has no method {context.id.Text}",
            $"write {context.id.Text}(...) if it is one of the functions {Functions.Names}");

    public override Func<object?, object?> VisitIndex(CelParser.IndexContext context)
    {
        var (member, index) = (Visit(context.member()), Visit(context.index));
        return result => ConditionValues.Index(member(result), index(result));
    }

    public override Func<object?, object?> VisitNested(CelParser.NestedContext context) => Visit(context.e);

    public override Func<object?, object?> VisitCreateList(CelParser.CreateListContext context)
    {
        var items = context.elems is null ? [] : context.elems.optExpr().Select(item => Visit(item.e)).ToArray();
        return result => Array.ConvertAll(items, item => item(result));
    }

    public override Func<object?, object?> VisitCreateStruct(CelParser.CreateStructContext context) => throw NoMaps();

    public override Func<object?, object?> VisitCreateMessage(CelParser.CreateMessageContext context) => throw NoMaps();

    public override Func<object?, object?> VisitIdentOrGlobalCall(CelParser.IdentOrGlobalCallContext context)
    {
        var name = context.id.Text;
        if (context.op is not null)
        {
            return Functions.Compile(name, context.args is null ? [] : [.. context.args.expr().Select(Visit)]);
        }

        return name == Result
            ? result => result
            : throw new ConditionException($"unknown name {name}", Messages.Nearest(name, [Result]) is { } near ? $"did you mean {near}?"
                : $"the measured value is called {Result}");
    }

    public override Func<object?, object?> VisitConstantLiteral(CelParser.ConstantLiteralContext context) => Visit(context.literal());

    public override Func<object?, object?> VisitInt(CelParser.IntContext context)
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

    public override Func<object?, object?> VisitDouble(CelParser.DoubleContext context) =>
        Constant(double.Parse((context.sign is null ? "" : "-") + context.tok.Text, NumberStyles.Float, CultureInfo.InvariantCulture));

    public override Func<object?, object?> VisitString(CelParser.StringContext context)
    {
        var text = context.tok.Text;
        return text[0] is '"' or '\'' && !text.Contains('\\', StringComparison.Ordinal) && !text.StartsWith("\"\"\"",
            StringComparison.Ordinal)
            ? Constant(text[1..^1])
            : throw new ConditionException($"the text {text} is not understood here", "write it in plain quotes, without a backslash");
    }

    public override Func<object?, object?> VisitBoolTrue(CelParser.BoolTrueContext context) => Constant(true);

    public override Func<object?, object?> VisitBoolFalse(CelParser.BoolFalseContext context) => Constant(false);

    public override Func<object?, object?> VisitNull(CelParser.NullContext context) => Constant(null);

    public override Func<object?, object?> VisitUint(CelParser.UintContext context) =>
        throw new ConditionException($"{context.tok.Text} is not a number of expr-lang", "leave out the u");

    public override Func<object?, object?> VisitBytes(CelParser.BytesContext context) =>
        throw new ConditionException($"{context.tok.Text} is not a text of expr-lang", "leave out the b");

    private static Func<object?, object?> Constant(object? value) => _ => value;

    private static Func<object?, object?> Binary(string op, Func<object?, object?> left, Func<object?, object?> right) =>
        result => ConditionValues.Binary(op, left(result), right(result));

    private static ConditionException NoMaps() => new("predicates and maps in braces are part of expr-lang that is not understood here");
}
