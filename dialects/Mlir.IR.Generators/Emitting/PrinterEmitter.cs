using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Mlir.IR.Generators;

/// <summary>Writes <c>Print</c> from a format, with the spacing rules of MLIR's own format generator.</summary>
internal sealed class PrinterEmitter
{
    private readonly SourceWriter _w;
    private readonly OpModel _op;
    private readonly Items<FormatElement> _format;
    private readonly StringBuilder _pending = new();
    private readonly Dictionary<string, string> _present = [];
    private bool _spaceDue = true;
    private bool _afterPunctuation;
    private string? _lastLiteral;

    private PrinterEmitter(SourceWriter w, OpModel op, Items<FormatElement> format) =>
        (_w, _op, _format) = (w, op, format);

    public static void Emit(SourceWriter w, OpModel op, Items<FormatElement> format)
    {
        w.Line();
        w.Line("/// <inheritdoc/>");
        w.Open("public override void Print(AsmPrinter printer)");
        var emitter = new PrinterEmitter(w, op, format);
        foreach (var element in format)
        {
            emitter.Element(element);
        }

        emitter.Flush();
        w.Close();
    }

    /// <summary>Whether a flags enumeration prints its own angle brackets: not where the format already put one.</summary>
    public static bool HasOwnBrackets(AttrModel attribute, string? lastLiteral) =>
        attribute is { Kind: AttrKind.Enum or AttrKind.IntegerEnum, IsFlags: true } && lastLiteral != "<";

    private void Element(FormatElement element)
    {
        switch (element)
        {
            case LiteralElement literal:
                Literal(literal.Text);
                return;
            case SpaceElement { Text: "\n" }:
                Flush();
                _w.Line("printer.NewLine();");
                return;
            case SpaceElement space:
                _pending.Append(space.Text);
                _afterPunctuation = space.Text.Length == 0;
                _spaceDue = false;
                return;
            case GroupElement group:
                Group(group);
                return;
            case AttrDictElement dictionary:
                Flush();
                _w.Line(
                    $"printer.WriteAttrDict{(dictionary.WithKeyword ? "WithKeyword" : "")}({string.Join(", ", new[] { "this" }.Concat(Elided()))});"
                );
                _afterPunctuation = false;
                _lastLiteral = null;
                return;
        }

        if (element is AttrElement { Attribute.Kind: AttrKind.Unit })
        {
            return;
        }

        if (_spaceDue || !_afterPunctuation)
        {
            _pending.Append(' ');
        }

        _afterPunctuation = false;
        _spaceDue = true;
        Part(element);
        _lastLiteral = null;
    }

    private void Literal(string text)
    {
        if (_spaceDue && NeedsSpaceBefore(text))
        {
            _pending.Append(' ');
        }

        _pending.Append(text);
        _spaceDue = text.Length != 1 || "<({[".IndexOf(text[0]) < 0;
        _afterPunctuation = text[0] != '_' && !char.IsLetter(text[0]);
        _lastLiteral = text;
    }

    private bool NeedsSpaceBefore(string text) =>
        (text.Length != 1 && text != "->")
        || (_afterPunctuation ? ">)}],".IndexOf(text[0]) < 0 : "<>(){}[],".IndexOf(text[0]) < 0);

    private void Part(FormatElement element)
    {
        switch (element)
        {
            case ValueElement { Value: var value }:
                Value(value);
                break;
            case AttrElement attribute:
                Attribute(attribute);
                break;
            case RegionElement { Region: var region }:
                Region(region);
                break;
            case SuccessorElement { Successor: { IsVariadic: false } successor }:
                Statement($"printer.WriteBlockName({successor.Property});");
                break;
            case SuccessorElement { Successor: var successors }:
                Separated(successors.Property, "printer.WriteBlockName", "block");
                break;
            case AllElement { Kind: "operands" }:
                Statement($"printer.WriteOperands({_op.Inherited("Operands")});");
                break;
            case AllElement { Kind: "regions" }:
                Separated(_op.Inherited("Regions"), "printer.WriteRegion", "region");
                break;
            case AllElement:
                Separated(_op.Inherited("Successors") + ".Select(s => s.Target)", "printer.WriteBlockName", "block");
                break;
            case TypeElement { Of: ValueElement { Value: var typed } }:
                Type(typed);
                break;
            case TypeElement { Of: AllElement { Kind: "operands" } }:
                Statement($"printer.WriteTypes({_op.Inherited("Operands")});");
                break;
            case TypeElement:
                Statement($"printer.WriteTypes({_op.Inherited("Results")}.Select(r => r.Type));");
                break;
            case FunctionalTypeElement
            {
                Inputs: AllElement { Kind: "operands" },
                Outputs: AllElement { Kind: "results" }
            }:
                Statement("printer.WriteFunctionalType(this);");
                break;
            case FunctionalTypeElement functional:
                Statement(
                    $"printer.WriteFunctionalType({TypeList(functional.Inputs)}, {TypeList(functional.Outputs)});"
                );
                break;
            case CustomElement custom:
                Statement(
                    $"Print{custom.Name}({string.Join(", ", new[] { "printer", "this" }.Concat(custom.Arguments.Select(Argument)))});"
                );
                break;
        }
    }

    private void Value(ValueModel value)
    {
        if (value.Arity == Arity.Variadic)
        {
            Statement($"printer.WriteOperands({value.Property});");
            return;
        }

        if (value.Arity == Arity.One || _present.ContainsKey(value.Property))
        {
            Statement($"printer.WriteOperand({Known(value)});");
            return;
        }

        Flush();
        _w.Open($"if ({value.Property} is {{ }} {value.Local})");
        _w.Line($"printer.WriteOperand({value.Local});");
        _w.Close();
    }

    private void Type(ValueModel value)
    {
        if (value.Arity == Arity.Variadic)
        {
            Statement(
                value.IsResult
                    ? $"printer.WriteTypes({value.Property}.Select(r => r.Type));"
                    : $"printer.WriteTypes({value.Property});"
            );
            return;
        }

        if (value.Arity == Arity.One || _present.ContainsKey(value.Property))
        {
            Statement($"printer.WriteType({Known(value)}.Type);");
            return;
        }

        Flush();
        _w.Open($"if ({value.Property} is {{ }} {value.Local}Typed)");
        _w.Line($"printer.WriteType({value.Local}Typed.Type);");
        _w.Close();
    }

    /// <summary>The property, or the variable that holds it where it is known to be there.</summary>
    private string Known(PartModel part) => _present.TryGetValue(part.Property, out var name) ? name : part.Property;

    private void Attribute(AttrElement element)
    {
        var attribute = element.Attribute;
        if (attribute.IsNullable && !_present.ContainsKey(attribute.Property))
        {
            Flush();
            _w.Open($"if ({attribute.Property} is {{ }} {attribute.Local})");
            _present[attribute.Property] = attribute.Local;
            AttributeText(element);
            Flush();
            _present.Remove(attribute.Property);
            _w.Close();
            return;
        }

        AttributeText(element);
    }

    private void AttributeText(AttrElement element)
    {
        var attribute = element.Attribute;
        var value = Known(attribute);
        switch (attribute.Kind)
        {
            case AttrKind.Class when attribute.ClassName == "DenseArrayAttr":
                _pending.Append('[');
                Statement($"printer.WriteDenseArrayElements({value});");
                _pending.Append(']');
                break;
            case AttrKind.Array:
                _pending.Append('[');
                Statement($"printer.WriteDenseArrayElements({attribute.ToStorage(value)});");
                _pending.Append(']');
                break;
            case AttrKind.Class:
                Statement($"printer.WriteAttribute{(attribute.ElementType is null ? "" : "WithoutType")}({value});");
                break;
            case AttrKind.Integer:
                Statement($"printer.Write({value});");
                break;
            case AttrKind.Bool:
                Statement($"printer.Write({value} ? \"true\" : \"false\");");
                break;
            case AttrKind.Float:
                Statement($"printer.WriteFloat({attribute.ToStorage(value)}, withType: false);");
                break;
            case AttrKind.String:
                Statement($"printer.WriteString({value});");
                break;
            case AttrKind.Symbol:
                Statement($"printer.WriteSymbolName({value});");
                break;
            case AttrKind.Type:
                Statement($"printer.WriteType({value});");
                break;
            case AttrKind.AffineMap:
                Statement($"printer.WriteAttribute({attribute.ToStorage(value)});");
                break;
            case AttrKind.Enum when element.Qualified:
                Statement($"printer.WriteAttribute({attribute.ToStorage(value)});");
                break;
            default:
                var brackets = HasOwnBrackets(attribute, _lastLiteral);
                _pending.Append(brackets ? "<" : "");
                Statement($"printer.Write(EnumKeywords<{attribute.ValueType}>.ToText({value}));");
                _pending.Append(brackets ? ">" : "");
                break;
        }
    }

    private void Region(RegionModel region)
    {
        if (region.IsVariadic)
        {
            Separated(region.Property, "printer.WriteRegion", "region");
            return;
        }

        Statement(
            region.ImplicitTerminator is null
                ? $"printer.WriteRegion({region.Property});"
                : $"printer.WriteRegion({region.Property}, printTerminator: OpParts.HasVisibleTerminator({region.Property}));"
        );
    }

    private void Group(GroupElement group)
    {
        Flush();
        var anchor = group.Then[group.Anchor];
        var added = new List<string>();
        _w.Open($"if ({Condition(anchor, added)})");
        var (spaceDue, afterPunctuation, lastLiteral) = (_spaceDue, _afterPunctuation, _lastLiteral);
        foreach (var element in group.Then)
        {
            Element(element);
        }

        Flush();
        _w.Close();
        var after = (_spaceDue, _afterPunctuation);
        foreach (var name in added)
        {
            _present.Remove(name);
        }

        if (group.Else.Count > 0)
        {
            (_spaceDue, _afterPunctuation, _lastLiteral) = (spaceDue, afterPunctuation, lastLiteral);
            _w.Open("else");
            foreach (var element in group.Else)
            {
                Element(element);
            }

            Flush();
            _w.Close();
        }

        (_spaceDue, _afterPunctuation) = after;
        _lastLiteral = null;
        _w.Line();
    }

    private string Condition(FormatElement anchor, List<string> added)
    {
        switch (anchor)
        {
            case ValueElement { Value: var value }:
                return Presence(value, added);
            case TypeElement { Of: ValueElement { Value: var typed } }:
                return Presence(typed, added);
            case AttrElement { Attribute: { IsNullable: true } attribute }:
                _present[attribute.Property] = attribute.Local;
                added.Add(attribute.Property);
                return $"{attribute.Property} is {{ }} {attribute.Local}";
            case AttrElement { Attribute: var other }:
                return Presence(other);
            case RegionElement { Region: var region }:
                return region.IsVariadic ? $"{region.Property}.Count > 0" : $"!{region.Property}.IsEmpty";
            case SuccessorElement { Successor: var successor }:
                return $"{successor.Property}.Count > 0";
            case AllElement { Kind: var kind }:
                return $"{All(kind)}.Count > 0";
            case TypeElement { Of: AllElement { Kind: var kind } }:
                return $"{All(kind)}.Count > 0";
            default:
                return string.Join(
                    " || ",
                    ((CustomElement)anchor).Arguments.Select(PlainCondition).Where(c => c is not null)
                );
        }
    }

    private static string? PlainCondition(FormatElement argument) =>
        argument switch
        {
            ValueElement { Value: { Arity: Arity.Optional } value } => $"{value.Property} is not null",
            ValueElement { Value: { Arity: Arity.Variadic } value } => $"{value.Property}.Count > 0",
            TypeElement { Of: var of } => PlainCondition(of),
            AttrElement { Attribute: { IsNullable: true } attribute } => $"{attribute.Property} is not null",
            AttrElement { Attribute: { IsRequired: false } attribute } => Presence(attribute),
            RegionElement { Region: { IsVariadic: false } region } => $"!{region.Property}.IsEmpty",
            _ => null,
        };

    private static string Presence(AttrModel attribute) =>
        attribute switch
        {
            { Kind: AttrKind.Unit } => attribute.Property,
            { Kind: AttrKind.Bool, Default: "false" } => attribute.Property,
            { Kind: AttrKind.Bool, Default: "true" } => "!" + attribute.Property,
            _ => $"{attribute.Property} != {attribute.Default}",
        };

    private string Presence(ValueModel value, List<string> added)
    {
        if (value.Arity == Arity.Variadic)
        {
            return $"{value.Property}.Count > 0";
        }

        _present[value.Property] = value.Local;
        added.Add(value.Property);
        return $"{value.Property} is {{ }} {value.Local}";
    }

    private string All(string kind) => _op.Inherited(char.ToUpperInvariant(kind[0]) + kind.Substring(1));

    private string Argument(FormatElement element) =>
        element switch
        {
            ValueElement { Value: var value } => value.Property,
            AttrElement { Attribute: var attribute } => attribute.Property,
            RegionElement { Region: var region } => region.Property,
            SuccessorElement { Successor: var successor } => successor.Property,
            TypeElement { Of: ValueElement { Value: var typed } } => typed switch
            {
                { Arity: Arity.One } => typed.Property + ".Type",
                { Arity: Arity.Optional } => typed.Property + "?.Type",
                { IsResult: true } => typed.Property + ".Select(r => r.Type)",
                _ => typed.Property + ".Types",
            },
            RefElement { Of: var of } => Argument(of),
            TextElement { Text: var text } => Names.Quote(text),
            _ => "this",
        };

    private string TypeList(FormatElement element) =>
        element switch
        {
            ValueElement { Value: var value } => value switch
            {
                { Arity: Arity.One } => $"[{value.Property}.Type]",
                { Arity: Arity.Optional } => $"[.. OpParts.Optional({value.Property}?.Type)]",
                { IsResult: true } => $"[.. {value.Property}.Select(r => r.Type)]",
                _ => $"[.. {value.Property}.Types]",
            },
            AllElement { Kind: "operands" } => $"[.. {_op.Inherited("Operands")}.Types]",
            _ => $"[.. {_op.Inherited("Results")}.Select(r => r.Type)]",
        };

    private void Separated(string list, string write, string item)
    {
        Flush();
        _w.Line($"var {item}Separator = \"\";");
        _w.Open($"foreach (var {item} in {list})");
        _w.Line($"printer.Write({item}Separator);");
        _w.Line($"{write}({item});");
        _w.Line($"{item}Separator = \", \";");
        _w.Close();
        _w.Line();
    }

    /// <summary>The names that <c>attr-dict</c> leaves out because they stand elsewhere or are visible from the text.</summary>
    private IEnumerable<string> Elided()
    {
        var printed = new HashSet<string>();
        void Visit(FormatElement element)
        {
            switch (element)
            {
                case AttrElement { Attribute: var attribute }:
                    printed.Add(attribute.Name);
                    break;
                case CustomElement custom:
                    foreach (var argument in custom.Arguments)
                    {
                        Visit(argument);
                    }

                    break;
                case GroupElement group:
                    foreach (var inner in group.Then.Concat(group.Else))
                    {
                        Visit(inner);
                    }

                    break;
            }
        }

        foreach (var element in _format)
        {
            Visit(element);
        }

        return _op
            .Attributes.Select(a => a.Name)
            .Where(printed.Contains)
            .Concat(_op.HasOperandSegments ? ["operandSegmentSizes"] : [])
            .Concat(_op.HasResultSegments ? ["resultSegmentSizes"] : [])
            .Select(Names.Quote);
    }

    private void Statement(string statement)
    {
        Flush();
        _w.Line(statement);
    }

    private void Flush()
    {
        if (_pending.Length > 0)
        {
            _w.Line(
                _pending.Length == 1
                    ? $"printer.Write('{(_pending[0] is '\'' or '\\' ? "\\" : "")}{_pending[0]}');"
                    : $"printer.Write({Names.Quote(_pending.ToString())});"
            );
            _pending.Clear();
        }
    }
}
