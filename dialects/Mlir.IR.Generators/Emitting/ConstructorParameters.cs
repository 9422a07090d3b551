using System.Collections.Generic;
using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>A parameter of a generated constructor.</summary>
internal sealed record ConstructorParameter(string Type, string Name, string? Default, string Summary);

/// <summary>The parameters of an operation's constructor, and how its parts follow from them.</summary>
internal sealed class ConstructorParameters
{
    private readonly OpModel _op;
    private readonly List<ConstructorParameter> _all = [];
    private readonly Dictionary<string, string> _resultTypes = [];

    private ConstructorParameters(OpModel op) => _op = op;

    public IReadOnlyList<ConstructorParameter> All => _all;

    public static ConstructorParameters Of(OpModel op)
    {
        var parameters = new ConstructorParameters(op);
        parameters.Build();
        return parameters;
    }

    /// <summary>The expression of a result's type (or types) in terms of the parameters.</summary>
    public string ResultType(ValueModel result) => _resultTypes[result.Property];

    /// <summary>The expression of the attribute to store.</summary>
    public string AttributeValue(AttrModel attribute)
    {
        var name = attribute.Parameter;
        return attribute switch
        {
            { Kind: AttrKind.Unit } => $"{name} ? UnitAttr.Instance : null",
            { IsRequired: true } or { Kind: AttrKind.Class, Default: null } => attribute.ToStorage(name),
            { Kind: AttrKind.Class } => $"{name} == {attribute.Default} ? null : {name}",
            { Default: null } =>
                $"{name} is {{ }} {Present(attribute)} ? {attribute.ToStorage(Present(attribute))} : null",
            _ when IsConstant(attribute) => $"{name} == {attribute.Default} ? null : {attribute.ToStorage(name)}",
            _ =>
                $"{name} is {{ }} {Present(attribute)} && {Present(attribute)} != {attribute.Default} ? {attribute.ToStorage(Present(attribute))} : null",
        };
    }

    private static string Present(AttrModel attribute) => Names.Local(attribute.Property, "Value");

    private void Build()
    {
        _all.Add(new ConstructorParameter("Location", "location", null, "Where the operation comes from."));
        foreach (var operand in _op.Operands)
        {
            _all.Add(
                new ConstructorParameter(
                    operand.Arity switch
                    {
                        Arity.One => "Value",
                        Arity.Optional => "Value?",
                        _ => "ReadOnlySpan<Value>",
                    },
                    operand.Parameter,
                    null,
                    operand.Summary
                )
            );
        }

        foreach (var attribute in _op.Attributes.Where(a => a.IsRequired))
        {
            _all.Add(new ConstructorParameter(attribute.ValueType, attribute.Parameter, null, attribute.Summary));
        }

        foreach (var result in _op.Results)
        {
            AddResult(result);
        }

        foreach (var successor in _op.Successors)
        {
            _all.Add(
                new ConstructorParameter(
                    successor.IsVariadic ? "ReadOnlySpan<Block>" : "Block",
                    successor.Parameter,
                    null,
                    successor.Summary
                )
            );
        }

        foreach (var region in _op.Regions.Where(r => r.IsVariadic))
        {
            _all.Add(
                new ConstructorParameter(
                    "int",
                    region.Parameter + "Count",
                    null,
                    $"How many regions <see cref=\"{region.Property}\"/> holds."
                )
            );
        }

        MakeTrailingOptional();
        foreach (var attribute in _op.Attributes.Where(a => !a.IsRequired))
        {
            var constant =
                attribute.Kind == AttrKind.Unit ? "false"
                : IsConstant(attribute) ? attribute.Default
                : "null";
            _all.Add(
                new ConstructorParameter(
                    attribute.ValueType + (constant == "null" ? "?" : ""),
                    attribute.Parameter,
                    constant,
                    attribute.Summary
                )
            );
        }
    }

    /// <summary>Optional values at the end need not be spelt out.</summary>
    private void MakeTrailingOptional()
    {
        for (var i = _all.Count - 1; i > 0; i--)
        {
            var constant = _all[i].Type switch
            {
                "Value?" or "IrType?" => "null",
                "ReadOnlySpan<Value>" or "ReadOnlySpan<IrType>" or "ReadOnlySpan<Block>" => "default",
                _ => null,
            };
            if (constant is null)
            {
                break;
            }

            _all[i] = _all[i] with { Default = constant };
        }
    }

    private static bool IsConstant(AttrModel attribute) =>
        attribute.Default is not null
        && attribute.Kind
            is AttrKind.Integer
                or AttrKind.Bool
                or AttrKind.Float
                or AttrKind.String
                or AttrKind.Symbol
                or AttrKind.Enum
                or AttrKind.IntegerEnum;

    private void AddResult(ValueModel result)
    {
        if (Infer(result) is { } known)
        {
            _resultTypes[result.Property] = known;
            return;
        }

        var name =
            result.Arity == Arity.Variadic
                ? Names.Camel(Names.Singular(result.Property)) + "Types"
                : Names.Camel(result.Property) + "Type";
        _resultTypes[result.Property] = name;
        _all.Add(
            new ConstructorParameter(
                result.Arity switch
                {
                    Arity.One => "IrType",
                    Arity.Optional => "IrType?",
                    _ => "ReadOnlySpan<IrType>",
                },
                name,
                null,
                $"The {(result.Arity == Arity.Variadic ? "types" : "type")} of <see cref=\"{result.Property}\"/>."
            )
        );
    }

    private string? Infer(ValueModel result)
    {
        var same = TypeResolution.SameTypes(_op, result).ToArray();
        if (result.Arity != Arity.One)
        {
            return
                result.Arity == Arity.Variadic
                && result.SameTypeAs is { } list
                && _op.FindValue(list) is { IsResult: false, Arity: Arity.Variadic } operands
                ? $"OpParts.TypesOf({operands.Parameter})"
                : null;
        }

        if (same.FirstOrDefault(v => !v.IsResult && v.Arity == Arity.One) is { } operand)
        {
            return operand.Parameter + ".Type";
        }

        foreach (var member in same.Where(m => m.Arity == Arity.One))
        {
            if (member.HasSingleType)
            {
                return member.Constraint + ".Type";
            }

            if (member.SameTypeAs is { } name && _op.FindAttribute(name) is { IsRequired: true } attribute)
            {
                return attribute.Parameter + ".Type";
            }

            if (member.IsResult && _resultTypes.TryGetValue(member.Property, out var known))
            {
                return known;
            }

            if (member.InferredBy is { } inference && inference.Arguments.All(IsKnown))
            {
                return $"OpParts.Inferred({inference.Method}({string.Join(", ", inference.Arguments.Select(Argument))}), {Names.Quote(_op.Name)}, {Names.Quote(member.Name)})";
            }
        }

        return null;
    }

    private bool IsKnown(InferenceArgument argument) =>
        _op.FindValue(argument.Part) is not { IsResult: true } result || _resultTypes.ContainsKey(result.Property);

    private string Argument(InferenceArgument argument)
    {
        if (_op.FindAttribute(argument.Part) is { } attribute)
        {
            return attribute.Default is not null && !IsConstant(attribute)
                ? $"{attribute.Parameter} ?? {attribute.Default}"
                : attribute.Parameter;
        }

        var value = _op.FindValue(argument.Part)!;
        return value switch
        {
            { IsResult: true } => _resultTypes[value.Property],
            _ when !argument.AsType => value.Parameter,
            { Arity: Arity.One } => value.Parameter + ".Type",
            { Arity: Arity.Optional } => value.Parameter + "?.Type",
            _ => $"OpParts.TypesOf({value.Parameter})",
        };
    }
}
