using System.Globalization;

namespace Mlir.IR.Text;

public sealed partial class AsmPrinter
{
    private Dictionary<AffineMap, string>? _aliases;
    private List<AffineMapAttr>? _aliasOrder;

    /// <summary>Writes a type.</summary>
    public void WriteType(IrType type) => type.Print(this);

    /// <summary>Writes types with commas between them.</summary>
    public void WriteTypes(IEnumerable<IrType> types)
    {
        var first = true;
        foreach (var type in types)
        {
            Write(first ? "" : ", ");
            WriteType(type);
            first = false;
        }
    }

    /// <summary>Writes types with commas between them.</summary>
    public void WriteTypes(ReadOnlySpan<IrType> types)
    {
        for (var i = 0; i < types.Length; i++)
        {
            Write(i == 0 ? "" : ", ");
            WriteType(types[i]);
        }
    }

    /// <summary>Writes the types of values with commas between them.</summary>
    public void WriteTypes(OperandList values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            Write(i == 0 ? "" : ", ");
            WriteType(values[i].Type);
        }
    }

    /// <summary>Writes <c>(a, b) -> c</c>.</summary>
    public void WriteFunctionalType(ReadOnlySpan<IrType> inputs, ReadOnlySpan<IrType> results)
    {
        Write('(');
        WriteTypes(inputs);
        Write(") -> ");
        WriteResultTypes(results);
    }

    /// <summary>Writes <c>(operand types) -> result types</c> of an operation.</summary>
    public void WriteFunctionalType(Operation op)
    {
        Write('(');
        WriteTypes(op.Operands);
        Write(") -> ");
        var results = op.Results;
        if (results.Count == 1 && results[0].Type is not FunctionType)
        {
            WriteType(results[0].Type);
            return;
        }

        Write('(');
        for (var i = 0; i < results.Count; i++)
        {
            Write(i == 0 ? "" : ", ");
            WriteType(results[i].Type);
        }

        Write(')');
    }

    /// <summary>Writes <c> -> t</c> or <c> -> (t, t)</c>, with the space in front; nothing when there is no type.</summary>
    public void WriteArrowTypeList(params ReadOnlySpan<IrType> types)
    {
        if (!types.IsEmpty)
        {
            Write(" -> ");
            WriteResultTypes(types);
        }
    }

    /// <summary>Writes <c> -> t</c> or <c> -> (t, t)</c>, with the space in front; nothing when there is no type.</summary>
    public void WriteArrowTypeList(IEnumerable<IrType> types) => WriteArrowTypeList([.. types]);

    private void WriteResultTypes(ReadOnlySpan<IrType> results)
    {
        // A single function type needs parentheses, or its own results would be read as more of this list.
        if (results.Length == 1 && results[0] is not FunctionType)
        {
            WriteType(results[0]);
            return;
        }

        Write('(');
        WriteTypes(results);
        Write(')');
    }

    /// <summary>Writes a size, <c>?</c> for an unknown one.</summary>
    public void WriteDimension(long size)
    {
        if (size == ShapedType.Dynamic)
        {
            Write('?');
        }
        else
        {
            Write(size);
        }
    }

    /// <summary>Writes sizes each followed by <c>x</c>, as in <c>4x?x</c>.</summary>
    public void WriteDimensions(ReadOnlySpan<long> shape)
    {
        foreach (var size in shape)
        {
            WriteDimension(size);
            Write('x');
        }
    }

    /// <summary>Writes an attribute with its type where it has one; an affine map prints as its alias.</summary>
    public void WriteAttribute(IrAttribute attribute)
    {
        if (Options.UseAliases && attribute is AffineMapAttr map)
        {
            Write(AliasOf(map));
        }
        else
        {
            attribute.Print(this);
        }
    }

    /// <summary>Writes an attribute; the type of a number is left out, for places where the reader knows it.</summary>
    public void WriteAttributeWithoutType(IrAttribute attribute)
    {
        switch (attribute)
        {
            case IntegerAttr integer:
                WriteInteger(integer, withType: false);
                break;
            case FloatAttr number:
                WriteFloat(number, withType: false);
                break;
            case DenseElementsAttr dense:
                WriteDenseLiteral(dense);
                break;
            default:
                WriteAttribute(attribute);
                break;
        }
    }

    /// <summary>Writes <c>[a, b]</c>, where <c>i64</c> and <c>f64</c> need not be spelled.</summary>
    public void WriteArray(ReadOnlySpan<IrAttribute> items)
    {
        Write('[');
        for (var i = 0; i < items.Length; i++)
        {
            Write(i == 0 ? "" : ", ");
            WriteAttributeOfDefaultType(items[i]);
        }

        Write(']');
    }

    /// <summary>Writes an attribute; <c>i64</c> and <c>f64</c> are left out, because a number without type has them.</summary>
    public void WriteAttributeOfDefaultType(IrAttribute attribute)
    {
        switch (attribute)
        {
            case IntegerAttr { Type: IntegerType { Width: 64, Signedness: Signedness.Signless } } integer:
                WriteInteger(integer, withType: false);
                break;
            case FloatAttr { FloatType.Name: "f64" } number when !FloatText.NeedsHex(number):
                WriteFloat(number, withType: false);
                break;
            default:
                WriteAttribute(attribute);
                break;
        }
    }

    private string AliasOf(AffineMapAttr map)
    {
        _aliases ??= [];
        if (!_aliases.TryGetValue(map.Map, out var name))
        {
            name = _aliases.Count == 0 ? "#map" : "#map" + _aliases.Count.ToString(CultureInfo.InvariantCulture);
            _aliases.Add(map.Map, name);
            (_aliasOrder ??= []).Add(map);
        }

        return name;
    }

    private string FinishWithAliases()
    {
        if (_aliasOrder is null)
        {
            return ToString();
        }

        var head = new AsmPrinter(Inline);
        foreach (var map in _aliasOrder)
        {
            head.Write(_aliases![map.Map]);
            head.Write(" = ");
            head.WriteAttribute(map);
            head.Write('\n');
        }

        return Concat(head.ToString());
    }

    /// <summary>Writes an integer, <c>true</c> and <c>false</c> for <c>i1</c>.</summary>
    public void WriteInteger(IntegerAttr attribute, bool withType)
    {
        if (attribute.Type is IntegerType { Width: 1, Signedness: Signedness.Signless })
        {
            Write(attribute.Value == 0 ? "false" : "true");
            return;
        }

        WriteInt128(attribute.Value, attribute.Type);
        if (withType)
        {
            Write(" : ");
            WriteType(attribute.Type);
        }
    }

    private void WriteInt128(Int128 value, IrType type)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            Write((long)value);
        }
        else if (type is IntegerType { Signedness: Signedness.Unsigned })
        {
            Write(((UInt128)value).ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Write(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes a float so that it reads back to the same bits.</summary>
    public void WriteFloat(FloatAttr attribute, bool withType)
    {
        Span<char> text = stackalloc char[FloatText.MaxLength];
        Write(text[..FloatText.Format(attribute.FloatType, attribute.Bits, text)]);
        if (withType)
        {
            Write(" : ");
            WriteType(attribute.Type);
        }
    }

    /// <summary>Writes <c>dense&lt;…> : type</c>.</summary>
    public void WriteDenseElements(DenseElementsAttr attribute)
    {
        WriteDenseLiteral(attribute);
        Write(" : ");
        WriteType(attribute.Type);
    }

    private void WriteDenseLiteral(DenseElementsAttr attribute)
    {
        var count = attribute.ShapedType.ElementCount;
        if (!attribute.IsSplat && count > Options.ElideLargeConstants)
        {
            Write("dense_resource<__elided__>");
            return;
        }

        Write("dense<");
        var type = attribute.ShapedType.ElementType;
        var size = DenseElementsAttr.ElementSize(type);
        if (count == 0)
        {
            // Nothing to write.
        }
        else if (attribute.IsSplat)
        {
            WriteElement(type, attribute.Data.Span);
        }
        else if (count > Options.HexConstantsAbove)
        {
            WriteDenseHex(attribute, type);
        }
        else
        {
            WriteNestedElements(attribute, type, size);
        }

        Write('>');
    }

    private void WriteDenseHex(DenseElementsAttr attribute, IrType type)
    {
        Write("\"0x");
        foreach (var b in DenseHex.Encode(type, attribute.Data.Span))
        {
            Write("0123456789ABCDEF"[b >> 4]);
            Write("0123456789ABCDEF"[b & 15]);
        }

        Write('"');
    }

    private void WriteNestedElements(DenseElementsAttr attribute, IrType type, int size)
    {
        // Brackets open and close where a row of each dimension begins and ends.
        var shape = attribute.ShapedType.Shape.Span;
        var data = attribute.Data.Span;
        var count = data.Length / size;
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                Write(", ");
            }

            WriteBrackets('[', i, shape);
            WriteElement(type, data.Slice(i * size, size));
            WriteBrackets(']', i + 1, shape);
        }
    }

    private void WriteBrackets(char bracket, long position, ReadOnlySpan<long> shape)
    {
        var row = 1L;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            row *= shape[d];
            if (position % row != 0)
            {
                return;
            }

            Write(bracket);
        }
    }

    private void WriteElement(IrType type, ReadOnlySpan<byte> bytes)
    {
        Span<byte> all = stackalloc byte[16];
        switch (type)
        {
            case ComplexType complex:
                var half = bytes.Length / 2;
                Write('(');
                WriteElement(complex.ElementType, bytes[..half]);
                Write(',');
                WriteElement(complex.ElementType, bytes[half..]);
                Write(')');
                break;
            case FloatType format:
                all.Clear();
                bytes.CopyTo(all);
                Span<char> text = stackalloc char[FloatText.MaxLength];
                Write(
                    text[
                        ..FloatText.Format(
                            format,
                            System.Runtime.InteropServices.MemoryMarshal.Read<UInt128>(all),
                            text
                        )
                    ]
                );
                break;
            case IntegerType { Width: 1 }:
                Write(bytes[0] == 0 ? "false" : "true");
                break;
            default:
                all.Clear();
                bytes.CopyTo(all);
                var bits = System.Runtime.InteropServices.MemoryMarshal.Read<UInt128>(all);
                WriteInt128(IntegerAttr.Wrap(type, (Int128)bits), type);
                break;
        }
    }

    /// <summary>Writes <c>array&lt;i64: 1, 2></c>.</summary>
    public void WriteDenseArray(DenseArrayAttr attribute)
    {
        Write("array<");
        WriteType(attribute.ElementType);
        if (attribute.Values.Count > 0)
        {
            Write(": ");
            WriteDenseArrayElements(attribute);
        }

        Write('>');
    }

    /// <summary>Writes the elements with commas between them, without <c>array&lt;…></c>.</summary>
    public void WriteDenseArrayElements(DenseArrayAttr attribute)
    {
        Span<char> text = stackalloc char[FloatText.MaxLength];
        for (var i = 0; i < attribute.Values.Count; i++)
        {
            Write(i == 0 ? "" : ", ");
            var value = attribute.Values[i];
            switch (attribute.ElementType)
            {
                case IntegerType { Width: 1 }:
                    Write(value == 0 ? "false" : "true");
                    break;
                case FloatType format:
                    Write(
                        text[
                            ..FloatText.Format(
                                format,
                                (ulong)value & (format.Width >= 64 ? ulong.MaxValue : (1UL << format.Width) - 1),
                                text
                            )
                        ]
                    );
                    break;
                default:
                    Write(value);
                    break;
            }
        }
    }

    /// <summary>Writes <c>{a = 1 : i32, b}</c>.</summary>
    public void WriteDictionary(ReadOnlySpan<NamedAttribute> items)
    {
        Write('{');
        for (var i = 0; i < items.Length; i++)
        {
            Write(i == 0 ? "" : ", ");
            WriteNamedAttribute(items[i]);
        }

        Write('}');
    }

    private void WriteNamedAttribute(NamedAttribute item)
    {
        WriteKeywordOrString(item.Name);
        if (item.Value is not UnitAttr)
        {
            Write(" = ");
            WriteAttribute(item.Value);
        }
    }

    /// <summary>Writes <c>(d0, d1)[s0] -> (d1, d0 + s0)</c>.</summary>
    public void WriteAffineMap(AffineMap map)
    {
        Write('(');
        WriteNumbered('d', map.DimCount);
        Write(')');
        if (map.SymbolCount > 0)
        {
            Write('[');
            WriteNumbered('s', map.SymbolCount);
            Write(']');
        }

        Write(" -> (");
        for (var i = 0; i < map.Results.Count; i++)
        {
            Write(i == 0 ? "" : ", ");
            WriteAffineExpr(map.Results[i]);
        }

        Write(')');
    }

    private void WriteNumbered(char letter, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Write(i == 0 ? "" : ", ");
            Write(letter);
            Write(i);
        }
    }

    /// <summary>Writes an affine expression.</summary>
    public void WriteAffineExpr(AffineExpr expression) => WriteAffineExpr(expression, tight: false);

    private void WriteAffineExpr(AffineExpr expression, bool tight)
    {
        switch (expression)
        {
            case AffineDimExpr dim:
                Write('d');
                Write(dim.Position);
                break;
            case AffineSymbolExpr symbol:
                Write('s');
                Write(symbol.Position);
                break;
            case AffineConstantExpr constant:
                Write(constant.Value);
                break;
            case AffineBinaryExpr { Kind: AffineBinaryKind.Add } sum:
                Write(tight ? "(" : "");
                WriteAffineSum(sum);
                Write(tight ? ")" : "");
                break;
            case AffineBinaryExpr { Kind: AffineBinaryKind.Mul, Right: AffineConstantExpr { Value: -1 } } negation:
                Write(tight ? "(" : "");
                Write('-');
                WriteAffineExpr(negation.Left, tight: true);
                Write(tight ? ")" : "");
                break;
            case AffineBinaryExpr binary:
                Write(tight ? "(" : "");
                WriteAffineExpr(binary.Left, tight: true);
                Write(
                    binary.Kind switch
                    {
                        AffineBinaryKind.Mul => " * ",
                        AffineBinaryKind.FloorDiv => " floordiv ",
                        AffineBinaryKind.CeilDiv => " ceildiv ",
                        _ => " mod ",
                    }
                );
                WriteAffineExpr(binary.Right, tight: true);
                Write(tight ? ")" : "");
                break;
        }
    }

    private void WriteAffineSum(AffineBinaryExpr sum)
    {
        // a + b * -1 → a - b,  a + b * -3 → a - b * 3,  a + -3 → a - 3
        WriteAffineExpr(sum.Left, tight: false);
        switch (sum.Right)
        {
            case AffineConstantExpr { Value: < 0 and > long.MinValue } constant:
                Write(" - ");
                Write(-constant.Value);
                break;
            case AffineBinaryExpr { Kind: AffineBinaryKind.Mul, Right: AffineConstantExpr { Value: -1 } } negation:
                Write(" - ");
                WriteAffineExpr(negation.Left, tight: negation.Left is AffineBinaryExpr);
                break;
            case AffineBinaryExpr
            {
                Kind: AffineBinaryKind.Mul,
                Right: AffineConstantExpr { Value: < -1 and > long.MinValue } factor
            } product:
                Write(" - ");
                WriteAffineExpr(product.Left, tight: true);
                Write(" * ");
                Write(-factor.Value);
                break;
            case AffineBinaryExpr { Kind: AffineBinaryKind.Add } nested:
                Write(" + ");
                WriteAffineExpr(nested, tight: true);
                break;
            default:
                Write(" + ");
                WriteAffineExpr(sum.Right, tight: false);
                break;
        }
    }

    /// <summary>Writes <c>loc(…)</c>.</summary>
    public void WriteLocation(Location location)
    {
        Write("loc(");
        WriteLocationInside(location);
        Write(')');
    }

    private void WriteLocationInside(Location location)
    {
        switch (location)
        {
            case FileLineColLoc file:
                WriteString(file.FileName);
                Write(':');
                Write(file.Line);
                Write(':');
                Write(file.Column);
                break;
            case NameLoc name:
                WriteString(name.Name);
                if (name.Child is not UnknownLoc)
                {
                    Write('(');
                    WriteLocationInside(name.Child);
                    Write(')');
                }

                break;
            case CallSiteLoc call:
                Write("callsite(");
                WriteLocationInside(call.Callee);
                Write(" at ");
                WriteLocationInside(call.Caller);
                Write(')');
                break;
            case FusedLoc fused:
                Write("fused");
                if (fused.Metadata is not null)
                {
                    Write('<');
                    WriteAttribute(fused.Metadata);
                    Write('>');
                }

                Write('[');
                for (var i = 0; i < fused.Locations.Count; i++)
                {
                    Write(i == 0 ? "" : ", ");
                    WriteLocationInside(fused.Locations[i]);
                }

                Write(']');
                break;
            default:
                Write("unknown");
                break;
        }
    }
}
