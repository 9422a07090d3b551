using System.Collections.Generic;
using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>Checks that everything a format prints can be parsed back, and that nothing is missing or doubled.</summary>
internal static class FormatChecker
{
    /// <summary>Finds the first mistake in <paramref name="op"/>'s format.</summary>
    /// <exception cref="FormatError">The format is wrong.</exception>
    public static void Check(
        OpModel op,
        Items<FormatElement> format,
        HashSet<string> methods,
        bool importsMethods,
        int length
    )
    {
        var seen = new HashSet<string>();
        foreach (var element in format)
        {
            Visit(element, seen, methods, importsMethods, insideGroup: false);
        }

        void Require(bool condition, string what)
        {
            if (!condition)
            {
                throw new FormatError(Rules.FormatIncomplete, 0, length, what);
            }
        }

        foreach (var operand in op.Operands)
        {
            Require(seen.Contains("operands") || seen.Contains(operand.Property), $"'${operand.Name}' (or 'operands')");
        }

        foreach (var region in op.Regions)
        {
            Require(seen.Contains("regions") || seen.Contains(region.Property), $"'${region.Name}' (or 'regions')");
        }

        foreach (var successor in op.Successors)
        {
            Require(
                seen.Contains("successors") || seen.Contains(successor.Property),
                $"'${successor.Name}' (or 'successors')"
            );
        }

        Require(seen.Contains("attr-dict"), "'attr-dict' (or 'attr-dict-with-keyword')");
        if (seen.Contains("operands") && op.HasOperandSegments)
        {
            throw new FormatError(
                Rules.FormatSyntax,
                0,
                length,
                "'operands' cannot tell several optional or variadic operands apart: name each of them"
            );
        }

        var types = TypeResolution.Of(op, format);
        foreach (var value in op.Values)
        {
            var source = types.SourceOf(value);

            // How many optional or variadic results there are can only be seen from written types.
            if (
                source is null
                || (
                    value is { IsResult: true, Arity: not Arity.One }
                    && source
                        is not (
                            { Origin: TypeOrigin.Written, Value.Arity: not Arity.One }
                            or { Origin: TypeOrigin.WrittenTogether }
                        )
                )
            )
            {
                throw new FormatError(
                    Rules.TypeNotInferable,
                    0,
                    length,
                    $"{value.Kind} '{value.Property}'",
                    value.Name
                );
            }
        }
    }

    private static void Visit(
        FormatElement element,
        HashSet<string> seen,
        HashSet<string> methods,
        bool importsMethods,
        bool insideGroup
    )
    {
        void Once(string key, string what)
        {
            if (!seen.Add(key))
            {
                throw new FormatError(Rules.FormatDuplicate, element.Position, 1, what);
            }
        }

        switch (element)
        {
            case ValueElement { Value: var value }:
                Once(value.Property, $"'${value.Name}'");
                if (insideGroup && value.Arity == Arity.One)
                {
                    throw AlwaysThere(element, $"'${value.Name}'");
                }

                break;
            case AttrElement { Attribute: var attribute }:
                Once(attribute.Property, $"'${attribute.Name}'");
                if (attribute.Kind == AttrKind.Unit && !insideGroup)
                {
                    throw new FormatError(
                        Rules.BadGroup,
                        element.Position,
                        attribute.Name.Length + 1,
                        $"'${attribute.Name}' has no text of its own: write (`{attribute.Name}` ${attribute.Name}^)?"
                    );
                }

                break;
            case RegionElement { Region: var region }:
                Once(region.Property, $"'${region.Name}'");
                break;
            case SuccessorElement { Successor: var successor }:
                Once(successor.Property, $"'${successor.Name}'");
                if (insideGroup && !successor.IsVariadic)
                {
                    throw AlwaysThere(element, $"'${successor.Name}'");
                }

                break;
            case AllElement { Kind: var kind }:
                Once(kind, $"'{kind}'");
                break;
            case AttrDictElement:
                Once("attr-dict", "'attr-dict'");
                break;
            case TypeElement { Of: ValueElement { Value: var typed } }:
                Once("type " + typed.Property, $"'type(${typed.Name})'");
                if (insideGroup && typed.Arity == Arity.One)
                {
                    throw AlwaysThere(element, $"'type(${typed.Name})'");
                }

                break;
            case TypeElement { Of: AllElement { Kind: var all } }:
                Once("type " + all, $"'type({all})'");
                break;
            case FunctionalTypeElement when insideGroup:
                throw AlwaysThere(element, "'functional-type'");
            case CustomElement custom:
                foreach (var method in new[] { "Parse" + custom.Name, "Print" + custom.Name })
                {
                    if (!importsMethods && !methods.Contains(method))
                    {
                        throw new FormatError(Rules.NoCustomMethod, custom.Position, 6, custom.Name, method);
                    }
                }

                foreach (var argument in custom.Arguments)
                {
                    // The methods decide how an attribute is spelt; values and types must outlive the group.
                    Visit(
                        argument,
                        seen,
                        methods,
                        importsMethods,
                        argument is AttrElement || (insideGroup && argument is ValueElement or TypeElement)
                    );
                }

                break;
            case GroupElement group:
                CheckGroup(group);
                foreach (var inner in group.Then)
                {
                    Visit(inner, seen, methods, importsMethods, insideGroup: true);
                }

                // What stands in both branches is there once.
                var before = new HashSet<string>(seen);
                var elseSeen = new HashSet<string>();
                foreach (var inner in group.Else)
                {
                    Visit(inner, elseSeen, methods, importsMethods, insideGroup: true);
                }

                seen.UnionWith(elseSeen);
                break;
        }
    }

    private static FormatError AlwaysThere(FormatElement element, string what) =>
        new(
            Rules.BadGroup,
            element.Position,
            what.Length - 2,
            $"{what} must always be there, so it cannot stand in an optional group"
        );

    private static void CheckGroup(GroupElement group)
    {
        var anchor = group.Then[group.Anchor];
        if (!IsOptional(anchor))
        {
            throw new FormatError(
                Rules.BadGroup,
                anchor.Position,
                1,
                "The anchor must be something that can be absent: an optional or variadic operand or result type, an optional, defaulted or unit attribute, a region, or a custom directive over them"
            );
        }

        var first = group.Then.First(e => e is not SpaceElement);
        var recognisable = first switch
        {
            LiteralElement => true,
            ValueElement { Value.Arity: not Arity.One } => true,
            AttrElement
            {
                Attribute.Kind: not (AttrKind.Unit or AttrKind.Array or AttrKind.Float or AttrKind.AffineMap)
            } => true,
            AttrElement { Attribute.Kind: AttrKind.Unit } => group.Then.First(e =>
                e is not SpaceElement and not AttrElement { Attribute.Kind: AttrKind.Unit }
            ) is LiteralElement,
            RegionElement { Region.IsVariadic: false } => true,
            TypeElement { Of: ValueElement { Value.Arity: not Arity.One } } => true,
            CustomElement => true,
            _ => false,
        };
        if (!recognisable)
        {
            throw new FormatError(
                Rules.BadGroup,
                first.Position,
                1,
                "The parser cannot see whether the group is there: start it with a literal, an optional or variadic operand, an attribute, a region or a custom directive"
            );
        }
    }

    private static bool IsOptional(FormatElement element) =>
        element switch
        {
            ValueElement { Value.Arity: var arity } => arity != Arity.One,
            AttrElement { Attribute.IsRequired: var required } => !required,
            RegionElement or AllElement => true,
            SuccessorElement { Successor.IsVariadic: var variadic } => variadic,
            TypeElement { Of: ValueElement { Value.Arity: var arity } } => arity != Arity.One,
            TypeElement { Of: AllElement } => true,
            CustomElement custom => custom.Arguments.Any(IsOptional),
            _ => false,
        };
}
