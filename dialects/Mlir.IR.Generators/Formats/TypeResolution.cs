using System.Collections.Generic;
using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>Finds for every operand and result of a format where its type comes from.</summary>
internal sealed class TypeResolution
{
    private readonly OpModel _op;
    private readonly HashSet<string> _written = [];
    private readonly HashSet<string> _together = [];

    private TypeResolution(OpModel op) => _op = op;

    /// <summary>The resolution for <paramref name="op"/> with the types that <paramref name="format"/> spells.</summary>
    public static TypeResolution Of(OpModel op, Items<FormatElement> format)
    {
        var resolution = new TypeResolution(op);
        resolution.Collect(format);
        return resolution;
    }

    /// <summary>Whether all operands' (results') types stand in one list.</summary>
    public bool IsTogether(string kind) => _together.Contains(kind);

    /// <summary>The values that have the same type as <paramref name="value"/> by definition, itself first.</summary>
    public static IEnumerable<ValueModel> SameTypes(OpModel op, ValueModel value)
    {
        var members = new List<ValueModel> { value };
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var other in op.Values)
            {
                if (!members.Contains(other) && AreSame(op, members[i], other))
                {
                    members.Add(other);
                }
            }
        }

        return members;
    }

    /// <summary>Where the type of <paramref name="value"/> comes from; null when from nowhere.</summary>
    public TypeSource? SourceOf(ValueModel value) => SourceOf(value, []);

    private TypeSource? SourceOf(ValueModel value, HashSet<string> asked)
    {
        if (_together.Contains(value.IsResult ? "results" : "operands"))
        {
            return new TypeSource(TypeOrigin.WrittenTogether, value, null);
        }

        var same = SameTypes(_op, value)
            .Where(v => v.Arity == Arity.One || v == value || v.Arity == value.Arity)
            .ToArray();
        foreach (var member in same)
        {
            if (_written.Contains(member.Property))
            {
                return new TypeSource(TypeOrigin.Written, member, null);
            }
        }

        foreach (var member in same)
        {
            if (member.HasSingleType)
            {
                return new TypeSource(TypeOrigin.Single, member, null);
            }

            if (member.SameTypeAs is { } name && _op.FindAttribute(name) is { } attribute)
            {
                return new TypeSource(TypeOrigin.Attribute, null, attribute);
            }
        }

        if (!asked.Add(value.Property))
        {
            return null;
        }

        foreach (var member in same)
        {
            if (
                member.Arity == Arity.One
                && member.InferredBy is { } inference
                && inference.Arguments.All(a =>
                    _op.FindValue(a.Part) is not { } part || SourceOf(part, [.. asked]) is not null
                )
            )
            {
                return new TypeSource(TypeOrigin.Inferred, member, null);
            }
        }

        // The types of all operands written together give those of results that follow from one of them.
        return
            same.FirstOrDefault(m => m.Arity == Arity.One && _together.Contains(m.IsResult ? "results" : "operands"))
                is { } together
            ? new TypeSource(TypeOrigin.WrittenTogether, together, null)
            : null;
    }

    private static bool AreSame(OpModel op, ValueModel a, ValueModel b) =>
        a.SameTypeAs == b.Property
        || b.SameTypeAs == a.Property
        || op.SameType
        || (op.SameOperandTypes && !a.IsResult && !b.IsResult);

    private void Collect(IEnumerable<FormatElement> elements)
    {
        foreach (var element in elements)
        {
            switch (element)
            {
                case TypeElement { Of: var of }:
                    Add(of);
                    break;
                case FunctionalTypeElement functional:
                    Add(functional.Inputs);
                    Add(functional.Outputs);
                    break;
                case CustomElement custom:
                    Collect(custom.Arguments);
                    break;
                case GroupElement group:
                    Collect(group.Then);
                    Collect(group.Else);
                    break;
            }
        }
    }

    private void Add(FormatElement of)
    {
        if (of is ValueElement { Value: var value })
        {
            _written.Add(value.Property);
        }
        else if (of is AllElement { Kind: var kind })
        {
            _together.Add(kind);
        }
    }
}
