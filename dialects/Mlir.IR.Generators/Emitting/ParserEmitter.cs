using System.Collections.Generic;
using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>Writes <c>ParseCustom</c> from a format.</summary>
internal sealed class ParserEmitter
{
    private readonly SourceWriter _w;
    private readonly OpModel _op;
    private readonly TypeResolution _types;
    private readonly HashSet<string> _declared = [];
    private readonly HashSet<string> _parsedAttributes = [];
    private readonly Dictionary<string, string> _inferred = [];
    private readonly Dictionary<string, string> _resolved = [];
    private bool _operandsTogether;
    private bool _regionsTogether;
    private bool _successorsTogether;
    private string? _lastLiteral;
    private int _depth;

    private ParserEmitter(SourceWriter w, OpModel op, Items<FormatElement> format) =>
        (_w, _op, _types) = (w, op, TypeResolution.Of(op, format));

    public static void Emit(SourceWriter w, OpModel op, Items<FormatElement> format)
    {
        w.Line();
        w.Open("private static void ParseCustom(AsmParser parser, OperationState state)");
        var emitter = new ParserEmitter(w, op, format);
        emitter.DeclareOptional(format, insideGroup: false);
        foreach (var element in format)
        {
            emitter.Element(element);
        }

        w.Line();
        emitter.Finish();
        w.Close();
    }

    /// <summary>What optional groups parse must exist after them.</summary>
    private void DeclareOptional(IEnumerable<FormatElement> elements, bool insideGroup)
    {
        foreach (var element in elements)
        {
            switch (element)
            {
                case GroupElement group:
                    DeclareOptional(group.Then, insideGroup: true);
                    DeclareOptional(group.Else, insideGroup: true);
                    break;
                case CustomElement custom when insideGroup:
                    DeclareOptional(custom.Arguments, insideGroup: true);
                    break;
                case ValueElement { Value: var value } when insideGroup:
                    Declare($"List<UnresolvedOperand> {value.Local} = [];", value.Local);
                    break;
                case TypeElement { Of: ValueElement { Value: var typed } } when insideGroup:
                    Declare($"List<IrType> {typed.TypeLocal} = [];", typed.TypeLocal);
                    break;
                case TypeElement { Of: AllElement { Kind: var kind } } when insideGroup:
                    Declare($"List<IrType> {Together(kind)} = [];", Together(kind));
                    break;
                case AllElement { Kind: "operands" } when insideGroup:
                    Declare("List<UnresolvedOperand> operands = [];", "operands");
                    break;
                case RegionElement { Region: { IsVariadic: false } region } when insideGroup:
                    Declare($"var {region.Local} = new Region();", region.Local);
                    break;
                case RegionElement { Region: { IsVariadic: true } regions } when insideGroup:
                    Declare($"List<Region> {regions.Local} = [];", regions.Local);
                    break;
                case SuccessorElement { Successor: { IsVariadic: true } successors } when insideGroup:
                    Declare($"List<Block> {successors.Local} = [];", successors.Local);
                    break;
            }
        }
    }

    private void Declare(string line, string name)
    {
        if (_declared.Add(name))
        {
            _w.Line(line);
        }
    }

    /// <summary>A variable on the left of an assignment: declared here, or before the group that it stands in.</summary>
    private string Target(string name) => _declared.Contains(name) ? name : "var " + name;

    private static string Together(string kind) => kind == "operands" ? "operandTypes" : "resultTypes";

    private void Element(FormatElement element)
    {
        switch (element)
        {
            case LiteralElement literal:
                _w.Line($"parser.Expect({Names.Quote(literal.Text)});");
                _lastLiteral = literal.Text;
                return;
            case SpaceElement:
                return;
            case GroupElement group:
                Group(group);
                break;
            case AttrDictElement dictionary:
                _w.Line($"parser.ParseOptionalAttrDict{(dictionary.WithKeyword ? "WithKeyword" : "")}(state);");
                break;
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
                _w.Line($"{Target(successor.Local)} = parser.ParseSuccessor();");
                break;
            case SuccessorElement { Successor: var successors }:
                Successors(successors.Local);
                break;
            case AllElement { Kind: "operands" }:
                _operandsTogether = true;
                _w.Line($"{Target("operands")} = parser.ParseOperandList();");
                break;
            case AllElement { Kind: "regions" }:
                _regionsTogether = true;
                Regions("regions");
                break;
            case AllElement:
                _successorsTogether = true;
                Successors("successors");
                break;
            case TypeElement { Of: ValueElement { Value: var typed } }:
                Type(typed);
                break;
            case TypeElement { Of: AllElement { Kind: var kind } }:
                _w.Line($"{Target(Together(kind))} = parser.ParseOptionalTypeList();");
                break;
            case FunctionalTypeElement functional:
                FunctionalType(functional);
                break;
            case CustomElement custom:
                _w.Line($"{Call(custom)};");
                break;
        }

        _lastLiteral = null;
    }

    private void Value(ValueModel value)
    {
        switch (value.Arity)
        {
            case Arity.One:
                _w.Line($"{Target(value.Local)} = parser.ParseOperand();");
                break;
            case Arity.Optional:
                if (!_declared.Contains(value.Local))
                {
                    Declare($"List<UnresolvedOperand> {value.Local} = [];", value.Local);
                }

                _w.Open($"if (parser.TryParseOperand(out var {value.Local}Operand))");
                _w.Line($"{value.Local}.Add({value.Local}Operand);");
                _w.Close();
                _w.Line();
                break;
            default:
                _w.Line($"{Target(value.Local)} = parser.ParseOperandList();");
                break;
        }
    }

    private void Type(ValueModel typed)
    {
        switch (typed.Arity)
        {
            case Arity.One:
                _w.Line($"{Target(typed.TypeLocal)} = parser.ParseType();");
                break;
            case Arity.Optional:
                Declare($"List<IrType> {typed.TypeLocal} = [];", typed.TypeLocal);
                _w.Open($"if (parser.TryParseType(out var {typed.Local}Type))");
                _w.Line($"{typed.TypeLocal}.Add({typed.Local}Type);");
                _w.Close();
                _w.Line();
                break;
            default:
                _w.Line($"{Target(typed.TypeLocal)} = parser.ParseOptionalTypeList();");
                break;
        }
    }

    private void FunctionalType(FunctionalTypeElement element)
    {
        _w.Line("var functionType = parser.ParseFunctionType();");
        Side(element.Inputs, "Inputs");
        Side(element.Outputs, "Results");
        void Side(FormatElement side, string list)
        {
            switch (side)
            {
                case AllElement { Kind: var kind }:
                    _w.Line($"IReadOnlyList<IrType> {Together(kind)} = functionType.{list};");
                    break;
                case ValueElement { Value: { Arity: Arity.One } value }:
                    _w.Open($"if (functionType.{list}.Count != 1)");
                    _w.Line(
                        $"throw parser.Error($\"expected one type for {value.Kind} '{value.Name}', but got {{functionType.{list}.Count}}\");"
                    );
                    _w.Close();
                    _w.Line();
                    _w.Line($"var {value.TypeLocal} = functionType.{list}[0];");
                    break;
                case ValueElement { Value: var value }:
                    _w.Line($"List<IrType> {value.TypeLocal} = [.. functionType.{list}];");
                    break;
            }
        }
    }

    private void Attribute(AttrElement element)
    {
        var attribute = element.Attribute;
        if (attribute.Kind == AttrKind.Unit)
        {
            Store(attribute, "UnitAttr.Instance");
            return;
        }

        if (
            attribute.Kind is AttrKind.Enum or AttrKind.IntegerEnum
            && !element.Qualified
            && PrinterEmitter.HasOwnBrackets(attribute, _lastLiteral)
        )
        {
            _w.Line("parser.Expect(\"<\");");
            Store(attribute, attribute.ToStorage($"parser.ParseEnum<{attribute.ValueType}>()"));
            _w.Line("parser.Expect(\">\");");
            return;
        }

        var text = attribute.Kind switch
        {
            AttrKind.Class when attribute.ClassName == "DenseArrayAttr" =>
                $"OpParts.ParseArray(parser, {attribute.ElementType ?? "IntegerType.I64"})",
            AttrKind.Array => $"OpParts.ParseArray(parser, {attribute.ElementType})",
            AttrKind.Class when attribute.ClassName == "IrAttribute" => "parser.ParseAttribute()",
            AttrKind.Class => $"parser.ParseAttribute<{attribute.ValueType}>({attribute.ElementType})",
            AttrKind.Integer => attribute.ToStorage("parser.ParseInteger()"),
            AttrKind.Bool => "parser.ParseAttribute<IntegerAttr>(IntegerType.I1)",
            AttrKind.Float => $"parser.ParseAttribute<FloatAttr>({attribute.ElementType})",
            AttrKind.String => attribute.ToStorage("parser.ParseString()"),
            AttrKind.Symbol => attribute.ToStorage("parser.ParseSymbolName()"),
            AttrKind.Type => attribute.ToStorage(
                attribute.ClassName == "IrType" ? "parser.ParseType()" : $"parser.ParseType<{attribute.ValueType}>()"
            ),
            AttrKind.AffineMap => "parser.ParseAttribute<AffineMapAttr>()",
            AttrKind.Enum when element.Qualified => $"parser.ParseAttribute<{attribute.Storage}>()",
            _ => attribute.ToStorage($"parser.ParseEnum<{attribute.ValueType}>()"),
        };
        if (attribute.IsTyped && _depth == 0)
        {
            _parsedAttributes.Add(attribute.Property);
            _w.Line($"var {attribute.Local} = {text};");
            Store(attribute, attribute.Local);
        }
        else
        {
            Store(attribute, text);
        }
    }

    private void Store(AttrModel attribute, string value) =>
        _w.Line($"state.Attributes.Add(new NamedAttribute({Names.Quote(attribute.Name)}, {value}));");

    private void Region(RegionModel region)
    {
        if (region.IsVariadic)
        {
            Regions(region.Local);
            return;
        }

        _w.Line($"{Target(region.Local)} = parser.ParseRegion();");
        EnsureTerminator(region);
    }

    private void EnsureTerminator(RegionModel region)
    {
        if (region.ImplicitTerminator is { } terminator)
        {
            _w.Line($"parser.EnsureTerminator({region.Local}, static location => new {terminator}(location));");
        }
    }

    private void Regions(string name)
    {
        Declare($"List<Region> {name} = [];", name);
        _w.Open($"if (parser.TryParseRegion() is {{ }} {name}First)");
        _w.Line($"{name}.Add({name}First);");
        _w.Open("while (parser.TryConsume(\",\"))");
        _w.Line($"{name}.Add(parser.ParseRegion());");
        _w.Close();
        _w.Close();
        _w.Line();
    }

    private void Successors(string name)
    {
        Declare($"List<Block> {name} = [];", name);
        _w.Open("if (parser.PeekSuccessor())");
        _w.Open("do");
        _w.Line($"{name}.Add(parser.ParseSuccessor());");
        _w.Close("}");
        _w.Line("while (parser.TryConsume(\",\"));");
        _w.Close();
        _w.Line();
    }

    private string Call(CustomElement custom)
    {
        var arguments = new List<string> { "parser", "state" };
        foreach (var argument in custom.Arguments)
        {
            arguments.Add(Argument(argument));
        }

        return $"Parse{custom.Name}({string.Join(", ", arguments)})";
    }

    private string Argument(FormatElement element)
    {
        string Out(string name) => _declared.Contains(name) ? "out " + name : "out var " + name;
        switch (element)
        {
            case ValueElement { Value: var value }:
                return Out(value.Local);
            case TypeElement { Of: ValueElement { Value: var typed } }:
                return Out(typed.TypeLocal);
            case RegionElement { Region: var region }:
                return Out(region.Local);
            case SuccessorElement { Successor: var successor }:
                return Out(successor.Local);
            case AttrElement { Attribute: var attribute }:
                _customAttributes.Add(attribute);
                return $"out {attribute.TypeText} {Names.Local(attribute.Property, "Parsed")}";
            case RefElement { Of: ValueElement { Value: var value } }:
                return value.Local;
            case RefElement { Of: TypeElement { Of: ValueElement { Value: var typed } } }:
                return typed.TypeLocal;
            case RefElement { Of: AttrElement { Attribute: var attribute } }:
                return AttributeValue(attribute);
            case RefElement { Of: RegionElement { Region: var region } }:
                return region.Local;
            case TextElement { Text: var text }:
                return Names.Quote(text);
            default:
                return "state";
        }
    }

    private readonly List<AttrModel> _customAttributes = [];

    /// <summary>Stores what a custom directive handed out.</summary>
    private void StoreCustomAttributes()
    {
        foreach (var attribute in _customAttributes)
        {
            var parsed = Names.Local(attribute.Property, "Parsed");
            if (attribute.Kind == AttrKind.Unit)
            {
                _w.Open($"if ({parsed})");
                Store(attribute, "UnitAttr.Instance");
                _w.Close();
                _w.Line();
            }
            else if (attribute.IsNullable)
            {
                var present = Names.Local(attribute.Property, "Present");
                _w.Open($"if ({parsed} is {{ }} {present})");
                Store(attribute, attribute.ToStorage(present));
                _w.Close();
                _w.Line();
            }
            else
            {
                Store(attribute, attribute.ToStorage(parsed));
            }
        }

        _customAttributes.Clear();
    }

    private void Group(GroupElement group)
    {
        _w.Line();
        var rest = group.Then.Where(e => e is not SpaceElement).ToList();
        var units = rest.TakeWhile(e => e is AttrElement { Attribute.Kind: AttrKind.Unit }).ToArray();
        rest.RemoveRange(0, units.Length);
        var first = rest[0];
        rest.RemoveAt(0);
        _depth++;
        Start(first);
        foreach (var element in units.Concat(rest))
        {
            Element(element);
            StoreCustomAttributes();
        }

        _w.Close();
        if (group.Else.Count > 0)
        {
            _w.Open("else");
            _lastLiteral = null;
            foreach (var element in group.Else)
            {
                Element(element);
                StoreCustomAttributes();
            }

            _w.Close();
        }

        _depth--;
        _w.Line();
    }

    /// <summary>Writes the condition by which the parser sees a group, the brace, and what the condition parsed.</summary>
    private void Start(FormatElement first)
    {
        _lastLiteral = null;
        switch (first)
        {
            case LiteralElement literal:
                _w.Open($"if (parser.TryConsume({Names.Quote(literal.Text)}))");
                _lastLiteral = literal.Text;
                break;
            case ValueElement { Value: { Arity: Arity.Optional } value }:
                _w.Open($"if (parser.TryParseOperand(out var {value.Local}Operand))");
                _w.Line($"{value.Local}.Add({value.Local}Operand);");
                break;
            case ValueElement { Value: var value }:
                _w.Line($"{value.Local} = parser.ParseOperandList();");
                _w.Open($"if ({value.Local}.Count > 0)");
                break;
            case AllElement { Kind: "operands" }:
                _operandsTogether = true;
                _w.Line("operands = parser.ParseOperandList();");
                _w.Open("if (operands.Count > 0)");
                break;
            case TypeElement { Of: ValueElement { Value: { Arity: Arity.Optional } typed } }:
                _w.Open($"if (parser.TryParseType(out var {typed.Local}Type))");
                _w.Line($"{typed.TypeLocal}.Add({typed.Local}Type);");
                break;
            case TypeElement { Of: ValueElement { Value: var typed } }:
                _w.Line($"{typed.TypeLocal} = parser.ParseOptionalTypeList();");
                _w.Open($"if ({typed.TypeLocal}.Count > 0)");
                break;
            case RegionElement { Region: var region }:
                _w.Open($"if (parser.TryParseRegion() is {{ }} {region.Local}Parsed)");
                _w.Line($"{region.Local} = {region.Local}Parsed;");
                EnsureTerminator(region);
                break;
            case CustomElement custom:
                _w.Open($"if ({Call(custom)})");
                StoreCustomAttributes();
                break;
            case AttrElement { Attribute: var attribute } element:
                StartAttribute(attribute, element.Qualified);
                break;
        }
    }

    private void StartAttribute(AttrModel attribute, bool qualified)
    {
        var parsed = Names.Local(attribute.Property, "Parsed");
        switch (attribute.Kind)
        {
            case AttrKind.Enum or AttrKind.IntegerEnum when !qualified:
                if (PrinterEmitter.HasOwnBrackets(attribute, null))
                {
                    _w.Open("if (parser.TryConsume(\"<\"))");
                    Store(attribute, attribute.ToStorage($"parser.ParseEnum<{attribute.ValueType}>()"));
                    _w.Line("parser.Expect(\">\");");
                    return;
                }

                _w.Open($"if (OpParts.TryParseEnum(parser, out {attribute.ValueType} {parsed}))");
                break;
            case AttrKind.Integer:
                _w.Open($"if (parser.TryParseInteger(out var {parsed}))");
                break;
            case AttrKind.String:
                _w.Open($"if (parser.TryParseString(out var {parsed}))");
                break;
            case AttrKind.Symbol:
                _w.Open($"if (parser.TryParseSymbolName(out var {parsed}))");
                break;
            case AttrKind.Type when attribute.ClassName == "IrType":
                _w.Open($"if (parser.TryParseType(out var {parsed}))");
                break;
            default:
                _w.Open(
                    $"if (parser.TryParseAttribute(out var {parsed}{(attribute.ElementType is { } type && attribute.Kind != AttrKind.IntegerEnum ? ", " + type : "")}))"
                );
                if (attribute.ClassName != "IrAttribute")
                {
                    _w.Open($"if ({parsed} is not {attribute.Storage})");
                    _w.Line(
                        $"throw parser.Error($\"attribute '{attribute.Name}' must be {attribute.Description}, but got '{{{parsed}}}'\");"
                    );
                    _w.Close();
                    _w.Line();
                }

                Store(attribute, parsed);
                return;
        }

        Store(attribute, attribute.ToStorage(parsed));
    }

    /// <summary>Turns what was parsed into the parts of the operation, in the order of its definition.</summary>
    private void Finish()
    {
        StoreCustomAttributes();
        ResolveOperands();
        ResultTypes();
        if (_op.HasOperandSegments)
        {
            _w.Line(
                $"state.Attributes.Add(new NamedAttribute(\"operandSegmentSizes\", DenseArrayAttr.I32({string.Join(", ", _op.Operands.Select(o => o.Arity == Arity.One ? "1" : o.Local + ".Count"))})));"
            );
        }

        if (_op.HasResultSegments && !_types.IsTogether("results"))
        {
            _w.Line(
                $"state.Attributes.Add(new NamedAttribute(\"resultSegmentSizes\", DenseArrayAttr.I32({string.Join(", ", _op.Results.Select(r => r.Arity == Arity.One ? "1" : r.TypeLocal + ".Count"))})));"
            );
        }

        if (_regionsTogether)
        {
            _w.Line("state.Regions.AddRange(regions);");
        }
        else
        {
            foreach (var region in _op.Regions)
            {
                _w.Line($"state.Regions.Add{(region.IsVariadic ? "Range" : "")}({region.Local});");
            }
        }

        if (_successorsTogether)
        {
            _w.Line("state.Successors.AddRange(successors);");
        }
        else
        {
            foreach (var successor in _op.Successors)
            {
                _w.Line($"state.Successors.Add{(successor.IsVariadic ? "Range" : "")}({successor.Local});");
            }
        }
    }

    private void ResolveOperands()
    {
        if (_op.Operands.Count == 0)
        {
            return;
        }

        if (_operandsTogether || _types.IsTogether("operands"))
        {
            ResolveTogether();
            return;
        }

        var byValue = new HashSet<string>(
            _op.Results.Where(r => r.InferredBy is not null)
                .SelectMany(r => r.InferredBy!.Arguments)
                .Where(a => !a.AsType)
                .Select(a => a.Part)
        );
        foreach (var operand in _op.Operands)
        {
            if (operand.Arity == Arity.One)
            {
                var type = TypeOf(operand);
                if (byValue.Contains(operand.Property))
                {
                    var name = Names.Local(operand.Property, "Value");
                    _w.Line($"var {name} = parser.Resolve({operand.Local}, {type});");
                    _w.Line($"state.Operands.Add({name});");
                    _resolved[operand.Property] = name;
                }
                else
                {
                    _w.Line($"parser.Resolve({operand.Local}, {type}, state);");
                }

                continue;
            }

            if (byValue.Contains(operand.Property))
            {
                _w.Line($"var {Names.Local(operand.Property, "Start")} = state.Operands.Count;");
                _resolved[operand.Property] = Names.Local(operand.Property, "Start");
            }

            var source = _types.SourceOf(operand)!;
            if (source is { Origin: TypeOrigin.Written, Value: { Arity: not Arity.One } written })
            {
                _w.Line($"parser.Resolve({operand.Local}, {written.TypeLocal}, state);");
            }
            else
            {
                var type = Expression(source, operand);
                _w.Open($"foreach (var operand in {operand.Local})");
                _w.Line($"parser.Resolve(operand, {type}, state);");
                _w.Close();
                _w.Line();
            }
        }
    }

    private void ResolveTogether()
    {
        var list = "operands";
        if (!_operandsTogether)
        {
            list = "allOperands";
            _w.Line(
                $"List<UnresolvedOperand> allOperands = [{string.Join(", ", _op.Operands.Select(o => o.Arity == Arity.One ? o.Local : ".. " + o.Local))}];"
            );
        }

        var exact = _op.Operands.All(o => o.Arity == Arity.One);
        if (_operandsTogether && exact)
        {
            _w.Open($"if (operands.Count != {_op.Operands.Count})");
            _w.Line($"throw parser.Error($\"expected {_op.Operands.Count} operands, but got {{operands.Count}}\");");
            _w.Close();
            _w.Line();
        }

        if (_types.IsTogether("operands"))
        {
            _w.Line($"parser.Resolve({list}, operandTypes, state);");
            return;
        }

        // All operands in one list, the type of each from elsewhere.
        if (
            _op.Operands.Count == 1
            && _op.Operands[0].Arity == Arity.Variadic
            && _types.SourceOf(_op.Operands[0])
                is { Origin: TypeOrigin.Written, Value: { Arity: Arity.Variadic } written }
        )
        {
            _w.Line($"parser.Resolve({list}, {written.TypeLocal}, state);");
        }
        else if (exact)
        {
            for (var i = 0; i < _op.Operands.Count; i++)
            {
                _w.Line($"parser.Resolve({list}[{i}], {TypeOf(_op.Operands[i])}, state);");
            }
        }
        else
        {
            var type = TypeOf(_op.Operands[0]);
            _w.Open($"foreach (var operand in {list})");
            _w.Line($"parser.Resolve(operand, {type}, state);");
            _w.Close();
            _w.Line();
        }
    }

    private void ResultTypes()
    {
        if (_op.Results.Count == 0)
        {
            return;
        }

        if (_types.IsTogether("results"))
        {
            _w.Line("state.ResultTypes.AddRange(resultTypes);");
            return;
        }

        foreach (var result in _op.Results)
        {
            var source = _types.SourceOf(result)!;
            if (result.Arity == Arity.One)
            {
                _w.Line($"state.ResultTypes.Add({TypeOf(result)});");
            }
            else if (source is { Origin: TypeOrigin.Written, Value: { Arity: not Arity.One } written })
            {
                _w.Line($"state.ResultTypes.AddRange({written.TypeLocal});");
            }
            else
            {
                // An optional result of a known type is there when the operand is that it follows.
                _w.Line($"state.ResultTypes.Add({Expression(source, result)});");
            }
        }
    }

    private string TypeOf(ValueModel value) => Expression(_types.SourceOf(value)!, value);

    private string Expression(TypeSource source, ValueModel value)
    {
        switch (source.Origin)
        {
            case TypeOrigin.Written:
                return source.Value!.TypeLocal;
            case TypeOrigin.Single:
                return source.Value!.Constraint + ".Type";
            case TypeOrigin.Attribute:
                var attribute = source.Attribute!;
                if (_parsedAttributes.Contains(attribute.Property))
                {
                    return attribute.Local + ".Type";
                }

                return Stored(attribute) + ".Type";
            case TypeOrigin.WrittenTogether:
                return source.Value!.IsResult
                    ? $"resultTypes[{source.Value.Index}]"
                    : $"state.Operands[{source.Value.Index}].Type";
            default:
                return Infer(source.Value!);
        }
    }

    /// <summary>A variable that holds an attribute which the dictionary may have brought.</summary>
    private string Stored(AttrModel attribute)
    {
        var name = Names.Local(attribute.Property, "Attr");
        if (_declared.Add(name))
        {
            _w.Open($"if (state.GetAttribute({Names.Quote(attribute.Name)}) is not {attribute.Storage} {name})");
            _w.Line($"throw parser.Error(\"requires attribute '{attribute.Name}', {attribute.Description}\");");
            _w.Close();
            _w.Line();
        }

        return name;
    }

    private string AttributeValue(AttrModel attribute)
    {
        if (attribute.IsRequired)
        {
            return attribute.FromStorage(Stored(attribute));
        }

        if (attribute.Kind == AttrKind.Unit)
        {
            return $"state.GetAttribute({Names.Quote(attribute.Name)}) is not null";
        }

        var name = Names.Local(attribute.Property, "Stored");
        var otherwise = attribute.Default ?? (attribute.IsValueType ? $"({attribute.TypeText})null" : "null");
        return $"state.GetAttribute({Names.Quote(attribute.Name)}) is {attribute.Storage} {name} ? {attribute.FromStorage(name)} : {otherwise}";
    }

    private string Infer(ValueModel value)
    {
        if (_inferred.TryGetValue(value.Property, out var known))
        {
            return known;
        }

        var inference = value.InferredBy!;
        var arguments = new List<string>();
        foreach (var argument in inference.Arguments)
        {
            if (_op.FindAttribute(argument.Part) is { } attribute)
            {
                arguments.Add(AttributeValue(attribute));
                continue;
            }

            var part = _op.FindValue(argument.Part)!;
            if (part.Arity == Arity.One)
            {
                var type = TypeOf(part);
                if (part.Constraint is { } constraint && constraint != "AnyType" && !part.HasSingleType)
                {
                    _w.Open($"if (!{constraint}.IsSatisfiedBy({type}))");
                    _w.Line(
                        $"throw parser.Error($\"{part.Kind} #{part.Index} '{part.Name}' must be {{{constraint}.Description}}, but got '{{{type}}}'\");"
                    );
                    _w.Close();
                    _w.Line();
                }

                arguments.Add(
                    argument.AsType ? type
                    : _resolved.TryGetValue(part.Property, out var resolved) ? resolved
                    : $"state.Operands[{part.Index}]"
                );
            }
            else if (argument.AsType)
            {
                var source = _types.SourceOf(part)!;
                arguments.Add(
                    source is { Origin: TypeOrigin.Written, Value: { Arity: not Arity.One } written }
                        ? part.Arity == Arity.Optional
                            ? $"{written.TypeLocal}.FirstOrDefault()"
                            : $"[.. {written.TypeLocal}]"
                        : part.Arity == Arity.Optional
                            ? $"{part.Local}.Count == 0 ? null : {Expression(source, part)}"
                            : $"[.. Enumerable.Repeat({Expression(source, part)}, {part.Local}.Count)]"
                );
            }
            else
            {
                var start = _resolved.TryGetValue(part.Property, out var at)
                    ? at
                    : part.Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
                arguments.Add(
                    part.Arity == Arity.Optional
                        ? $"{part.Local}.Count == 0 ? null : state.Operands[{start}]"
                        : $"[.. state.Operands.GetRange({start}, {part.Local}.Count)]"
                );
            }
        }

        var name = Names.Local(value.Property, "Inferred");
        _w.Line($"var {name} = {inference.Method}({string.Join(", ", arguments)})");
        _w.Indent();
        _w.Line($"?? throw parser.Error(\"cannot infer the type of {value.Kind} '{value.Name}'\");");
        _w.Outdent();
        _inferred[value.Property] = name;
        return name;
    }
}
