using Mono.Cecil;

namespace Bookinfo.Tests.Architecture;

/// <summary>Which namespaces of one compiled assembly use which, and by which types. A nested type counts as the type around it.</summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);

    private NamespaceGraph(IEnumerable<(TypeDefinition User, TypeReference Used)> pairs)
    {
        foreach (var (user, used) in pairs)
        {
            var (from, to) = (Outermost(user), Outermost(used));
            if (from.Namespace.Length > 0 && to.Namespace.Length > 0 && from.Namespace != to.Namespace)
            {
                UsesOf(from.Namespace).TryAdd(to.Namespace, $"{from.Name} uses {to.Name}");
                UsesOf(to.Namespace);
            }
        }
    }

    /// <summary>
    /// Reads the assembly at <paramref name="path"/>; with <paramref name="under"/>, only the namespaces whose names begin with it.
    /// </summary>
    public static NamespaceGraph Read(string path, string under = "")
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        return new NamespaceGraph(
            from type in assembly.MainModule.GetTypes()
            where Outermost(type).Namespace.StartsWith(under, StringComparison.Ordinal)
            from used in TypesUsedBy(type)
            where used.Scope == assembly.MainModule && Outermost(used).Namespace.StartsWith(under, StringComparison.Ordinal)
            select (type, used));
    }

    /// <summary>
    /// Each group of namespaces that can all reach each other, as one text: the names, and one use for each arrow in the group. Empty where
    /// the namespaces form a staircase.
    /// </summary>
    public IReadOnlyList<string> Cycles()
    {
        var reachable = _uses.Keys.ToDictionary(name => name, ReachableFrom);
        return [.. _uses.Keys
            .Where(name => reachable[name].Contains(name))
            .GroupBy(name => reachable[name].First(other => reachable[other].Contains(name)))
            .Select(group => Describe([.. group]))];
    }

    private SortedSet<string> ReachableFrom(string start)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(_uses[start].Keys);
        while (next.TryDequeue(out var name))
        {
            if (reached.Add(name))
            {
                foreach (var used in _uses[name].Keys)
                {
                    next.Enqueue(used);
                }
            }
        }

        return reached;
    }

    private string Describe(HashSet<string> cycle)
    {
        var arrows = from user in cycle.Order(StringComparer.Ordinal)
                     from use in _uses[user]
                     where cycle.Contains(use.Key)
                     select $"  {user} -> {use.Key}: {use.Value}";
        return $"{string.Join(", ", cycle.Order(StringComparer.Ordinal))}{Environment.NewLine}{string.Join(Environment.NewLine, arrows)}";
    }

    private SortedDictionary<string, string> UsesOf(string name)
    {
        if (!_uses.TryGetValue(name, out var uses))
        {
            _uses[name] = uses = new(StringComparer.Ordinal);
        }

        return uses;
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> TypesUsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> named =
        [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.GenericParameters.SelectMany(ConstraintsOf),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Properties.Select(property => property.PropertyType),
            .. type.Events.Select(one => one.EventType),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
            .. type.Methods.SelectMany(TypesUsedBy),
        ];
        return named.OfType<TypeReference>().SelectMany(PartsOf);
    }

    private static IEnumerable<TypeReference?> TypesUsedBy(MethodDefinition method) =>
    [
        .. TypesOf(method),
        .. method.GenericParameters.SelectMany(ConstraintsOf),
        .. method.Overrides.SelectMany(TypesOf),
        .. method.HasBody ? TypesUsedBy(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> TypesUsedBy(Mono.Cecil.Cil.MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method => TypesOf(method),
            _ => Enumerable.Empty<TypeReference?>(),
        }),
    ];

    private static IEnumerable<TypeReference?> TypesOf(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference> ConstraintsOf(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    /// <summary>The type without its brackets, and the types between them.</summary>
    private static IEnumerable<TypeReference> PartsOf(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(PartsOf)],
        TypeSpecification around => PartsOf(around.ElementType),
        _ => [type],
    };
}
