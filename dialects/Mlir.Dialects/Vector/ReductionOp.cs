using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>Combines all elements of a vector, and a start value where one is given.</summary>
/// <example><code>%s = vector.reduction &lt;add>, %v : vector&lt;4xf32> into f32</code></example>
[Op("vector.reduction")]
public sealed partial class ReductionOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value Vector { get; }

    /// <summary>The start value.</summary>
    [Operand<AnyType>]
    public partial Value? Acc { get; }

    /// <summary>How two elements combine.</summary>
    [Attr]
    public partial CombiningKind Kind { get; }

    /// <summary>What the combination may assume; <c>reassoc</c> lets it choose the order.</summary>
    [Attr(Default = "Arith.FastMathFlags.None")]
    public partial Arith.FastMathFlags Fastmath { get; }

    /// <summary>The combination.</summary>
    [Result<AnyType>]
    public partial OpResult Dest { get; }

    /// <summary>Combines the elements of <paramref name="vector"/> by <paramref name="kind"/>.</summary>
    public ReductionOp(
        Location location,
        CombiningKind kind,
        Value vector,
        Value? start = null,
        Arith.FastMathFlags flags = Arith.FastMathFlags.None
    )
        : this(location, vector, start, kind, ((VectorType)vector.Type).ElementType, flags) { }

    /// <summary>Parses <c>&lt;kind>, vector [, start] [fastmath&lt;…>] [{…}] : type into type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        parser.Expect("<");
        state.SetAttribute("kind", EnumAttr<CombiningKind>.Get(parser.ParseEnum<CombiningKind>()));
        parser.Expect(">");
        parser.Expect(",");
        var vector = parser.ParseOperand();
        UnresolvedOperand? start = parser.TryConsume(",") ? parser.ParseOperand() : null;
        if (parser.TryConsume("fastmath"))
        {
            parser.Expect("<");
            state.SetAttribute("fastmath", EnumAttr<Arith.FastMathFlags>.Get(parser.ParseEnum<Arith.FastMathFlags>()));
            parser.Expect(">");
        }

        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(vector, parser.ParseType(), state);
        parser.Expect("into");
        var type = parser.ParseType();
        if (start is { } value)
        {
            parser.Resolve(value, type, state);
        }

        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(" <");
        printer.Write(EnumKeywords<CombiningKind>.ToText(Kind));
        printer.Write(">, ");
        printer.WriteOperands(Operands);
        if (Fastmath != Arith.FastMathFlags.None)
        {
            printer.Write(" fastmath<");
            printer.Write(EnumKeywords<Arith.FastMathFlags>.ToText(Fastmath));
            printer.Write('>');
        }

        printer.WriteAttrDict(this, "kind", "fastmath");
        printer.Write(" : ");
        printer.WriteType(Vector.Type);
        printer.Write(" into ");
        printer.WriteType(Dest.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = (VectorType)Vector.Type;
        if (type.Rank != 1)
        {
            verifier.Error(this, $"unsupported reduction rank: {type.Rank}");
        }

        if (Dest.Type != type.ElementType || (Acc is not null && Acc.Type != type.ElementType))
        {
            verifier.Error(this, $"expects the start value and the result to have the element type of {type}");
        }

        var isFloat =
            Kind is CombiningKind.MinNumF or CombiningKind.MaxNumF or CombiningKind.MinimumF or CombiningKind.MaximumF;
        var isInteger = Kind is not (CombiningKind.Add or CombiningKind.Mul) && !isFloat;
        if ((isFloat && type.ElementType is not FloatType) || (isInteger && type.ElementType is FloatType))
        {
            verifier.Error(
                this,
                $"unsupported reduction type '{Dest.Type}' for kind '{EnumKeywords<CombiningKind>.ToText(Kind)}'"
            );
        }
    }
}
