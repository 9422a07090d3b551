using Mlir.Dialects.Llvm;
using Mlir.IR.Text;

namespace Mlir.Dialects.Nvvm;

/// <summary>Starts a copy from global to shared memory that goes around the registers.</summary>
/// <example><code>nvvm.cp.async.shared.global %to, %from, 16, cache = cg : !llvm.ptr&lt;3>, !llvm.ptr&lt;1></code></example>
[Op("nvvm.cp.async.shared.global")]
public sealed partial class CpAsyncOp : Operation, IMemoryEffects, INvvmIntrinsic
{
    /// <summary>Where to, in shared memory.</summary>
    [Operand<LlvmPointer>]
    public partial Value Dst { get; }

    /// <summary>Where from, in global memory.</summary>
    [Operand<LlvmPointer>]
    public partial Value Src { get; }

    /// <summary>How many bytes are read, an <c>i32</c>; zeros take the place of the others. All of them where it is missing.</summary>
    [Operand<I32>]
    public partial Value? CpSize { get; }

    /// <summary>The number of bytes: 4, 8 or 16.</summary>
    [Attr(Type = "i32")]
    public partial int Size { get; }

    /// <summary>The caches that keep the bytes.</summary>
    [Attr]
    public partial LoadCacheModifier Modifier { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <inheritdoc/>
    public string Intrinsic =>
        $"llvm.nvvm.cp.async.{EnumKeywords<LoadCacheModifier>.ToText(Modifier)}.shared.global.{Size}{(CpSize is null ? "" : ".s")}";

    /// <summary>Parses <c>%to, %from, bytes, cache = caches [, %given] [{…}] : pointer, pointer [, i32]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var to = parser.ParseOperand();
        parser.Expect(",");
        var from = parser.ParseOperand();
        parser.Expect(",");
        state.SetAttribute("size", IntegerAttr.Get(IntegerType.I32, parser.ParseInteger()));
        parser.Expect(",");
        parser.Expect("cache");
        parser.Expect("=");
        state.SetAttribute("modifier", EnumAttr<LoadCacheModifier>.Get(parser.ParseEnum<LoadCacheModifier>()));
        UnresolvedOperand? given = parser.TryConsume(",") ? parser.ParseOperand() : null;
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(to, parser.ParseType(), state);
        parser.Expect(",");
        parser.Resolve(from, parser.ParseType(), state);
        if (given is { } count)
        {
            parser.Expect(",");
            parser.Resolve(count, parser.ParseType(), state);
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperands([Dst, Src]);
        printer.Write($", {Size}, cache = {EnumKeywords<LoadCacheModifier>.ToText(Modifier)}");
        if (CpSize is not null)
        {
            printer.Write(", ");
            printer.WriteOperand(CpSize);
        }

        printer.WriteAttrDict(this, "size", "modifier");
        printer.Write(" : ");
        printer.WriteTypes(Operands);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Size is not (4 or 8 or 16))
        {
            verifier.Error(this, $"expected byte size to be either 4, 8 or 16, got {Size}");
        }
        else if (Modifier == LoadCacheModifier.CG && Size != 16)
        {
            verifier.Error(this, "CG cache modifier is only support for 16 bytes copy.");
        }
    }
}
