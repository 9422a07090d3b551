using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The address of an element: from a base address over an element type, by indices that are constants or values.</summary>
/// <example><code>%q = llvm.getelementptr inbounds %p[%i, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.struct&lt;(i32, f32)></code></example>
[Op("llvm.getelementptr")]
public sealed partial class GEPOp : Operation, IPure
{
    /// <summary>Stands in <see cref="RawConstantIndices"/> for an index that is an operand.</summary>
    public const int DynamicIndex = int.MinValue;

    /// <summary>The base address.</summary>
    [Operand<LlvmPointerLike>]
    public partial Value Base { get; }

    /// <summary>The indices that are values.</summary>
    [Operand<LlvmInteger>]
    public partial OperandList DynamicIndices { get; }

    /// <summary>All indices in order, <see cref="DynamicIndex"/> for those that are operands.</summary>
    [Attr]
    public partial DenseArrayAttr RawConstantIndices { get; }

    /// <summary>The type that the first index counts.</summary>
    [Attr(Name = "elem_type")]
    public partial IrType ElemType { get; }

    /// <summary>What the computation promises.</summary>
    [Attr(Type = "i32", Default = "GepNoWrapFlags.None")]
    public partial GepNoWrapFlags NoWrapFlags { get; }

    /// <summary>The address of the element.</summary>
    [Result<LlvmPointerLike>]
    public partial OpResult Res { get; }

    /// <summary>The address of element number <paramref name="index"/> of the array of <paramref name="elementType"/> at <paramref name="address"/>.</summary>
    public GEPOp(
        Location location,
        Value address,
        IrType elementType,
        Value index,
        GepNoWrapFlags flags = GepNoWrapFlags.None
    )
        : this(location, address, [index], DenseArrayAttr.I32(DynamicIndex), elementType, address.Type, flags) { }

    /// <summary>The address at constant <paramref name="indices"/> from <paramref name="address"/>.</summary>
    public GEPOp(
        Location location,
        Value address,
        IrType elementType,
        ReadOnlySpan<int> indices,
        GepNoWrapFlags flags = GepNoWrapFlags.None
    )
        : this(location, address, [], DenseArrayAttr.I32(indices), elementType, address.Type, flags) { }

    /// <summary>Parses <c>[flags] base[indices] [{…}] : (types) -> type, element type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var flags = GepNoWrapFlags.None;
        while (parser.TryParseKeyword(out var keyword))
        {
            if (!EnumKeywords<GepNoWrapFlags>.TryParse(keyword, out var flag))
            {
                throw parser.Error($"'{keyword}' is not one of inbounds, nusw and nuw");
            }

            flags |= flag;
            if (!parser.TryConsume("|"))
            {
                break;
            }
        }

        if (flags != GepNoWrapFlags.None)
        {
            state.SetAttribute("noWrapFlags", IntegerAttr.Get(IntegerType.I32, (int)flags));
        }

        var operands = new List<UnresolvedOperand> { parser.ParseOperand() };
        var constants = new List<int>();
        parser.Expect("[");
        if (!parser.TryConsume("]"))
        {
            do
            {
                var at = parser.CurrentLocation;
                if (parser.TryParseOperand(out var operand))
                {
                    operands.Add(operand);
                    constants.Add(DynamicIndex);
                }
                else
                {
                    var index = parser.ParseInteger();
                    constants.Add(
                        index is > int.MinValue and <= int.MaxValue
                            ? (int)index
                            : throw parser.Error("expected a 32-bit index", at)
                    );
                }
            } while (parser.TryConsume(","));
            parser.Expect("]");
        }

        state.SetAttribute("rawConstantIndices", DenseArrayAttr.I32([.. constants]));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var signature = parser.ParseFunctionType();
        parser.Expect(",");
        state.SetAttribute("elem_type", TypeAttr.Get(parser.ParseType()));
        parser.Resolve(operands, signature.Inputs, state);
        state.ResultTypes.AddRange(signature.Results);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        if (NoWrapFlags != GepNoWrapFlags.None)
        {
            var rest = NoWrapFlags;
            var separator = "";
            foreach (
                var (flag, keyword) in (ReadOnlySpan<(GepNoWrapFlags, string)>)
                    [
                        (GepNoWrapFlags.Inbounds, "inbounds"),
                        (GepNoWrapFlags.InboundsFlag, "inbounds_flag"),
                        (GepNoWrapFlags.Nusw, "nusw"),
                        (GepNoWrapFlags.Nuw, "nuw"),
                    ]
            )
            {
                if ((rest & flag) == flag)
                {
                    rest &= ~flag;
                    printer.Write(separator);
                    printer.Write(keyword);
                    separator = "|";
                }
            }

            printer.Write(' ');
        }

        printer.WriteOperand(Base);
        printer.Write('[');
        var dynamic = 0;
        var indices = RawConstantIndices.Values;
        for (var i = 0; i < indices.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            if (indices[i] == DynamicIndex && dynamic < DynamicIndices.Count)
            {
                printer.WriteOperand(DynamicIndices[dynamic++]);
            }
            else
            {
                printer.Write(indices[i]);
            }
        }

        printer.Write(']');
        printer.WriteAttrDict(this, "rawConstantIndices", "elem_type", "noWrapFlags");
        printer.Write(" : ");
        printer.WriteFunctionalType([.. Operands.Types], [Res.Type]);
        printer.Write(", ");
        printer.WriteType(ElemType);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var indices = RawConstantIndices.Values;
        if (indices.Span.Count(DynamicIndex) != DynamicIndices.Count)
        {
            verifier.Error(this, "expected as many dynamic indices as specified in 'rawConstantIndices'");
            return;
        }

        var type = ElemType;
        for (var i = 1; i < indices.Count; i++)
        {
            switch (type)
            {
                case LlvmStructType when indices[i] == DynamicIndex:
                    verifier.Error(this, $"expected index {i} indexing a struct to be constant");
                    return;

                case LlvmStructType s when indices[i] < 0 || indices[i] >= s.Elements.Count:
                    verifier.Error(this, $"index {i} indexing a struct is out of bounds");
                    return;

                case LlvmStructType s:
                    type = s.Elements[(int)indices[i]];
                    break;

                case LlvmArrayType a:
                    type = a.ElementType;
                    break;

                case VectorType v:
                    type = v.ElementType;
                    break;

                default:
                    verifier.Error(this, $"type {type} cannot be indexed (index #{i})");
                    return;
            }
        }
    }
}
