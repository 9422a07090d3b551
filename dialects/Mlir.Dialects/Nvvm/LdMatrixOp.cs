using Mlir.Dialects.Llvm;

namespace Mlir.Dialects.Nvvm;

/// <summary>Loads one, two or four small matrices from shared memory, spread over the warp as matrix products want them.</summary>
/// <example><code>%m = nvvm.ldmatrix %p {eltType = …, layout = …, num = 4 : i32, shape = …} : (!llvm.ptr&lt;3>) -> !llvm.struct&lt;(i32, i32, i32, i32)></code></example>
[Op("nvvm.ldmatrix", Format = "$ptr attr-dict `:` functional-type($ptr, $res)")]
public sealed partial class LdMatrixOp : Operation, IMemoryEffects, INvvmIntrinsic
{
    /// <summary>The row that this lane names.</summary>
    [Operand<LlvmPointer>]
    public partial Value Ptr { get; }

    /// <summary>How many matrices: 1, 2 or 4.</summary>
    [Attr(Type = "i32")]
    public partial int Num { get; }

    /// <summary>Whether columns take the place of rows.</summary>
    [Attr]
    public partial MMALayout Layout { get; }

    /// <summary>The sizes of each matrix.</summary>
    [Attr]
    public partial LdStMatrixShapeAttr Shape { get; }

    /// <summary>The elements.</summary>
    [Attr(Name = "eltType")]
    public partial LdStMatrixEltType EltType { get; }

    /// <summary>This lane's elements, a word a matrix.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;

    /// <inheritdoc/>
    public string Intrinsic =>
        $"llvm.nvvm.ldmatrix.sync.aligned.m{Shape.M}n{Shape.N}.x{Num}{(Layout == MMALayout.Col ? ".trans" : "")}.{EnumKeywords<LdStMatrixEltType>.ToText(EltType)}";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Num is not (1 or 2 or 4))
        {
            verifier.Error(this, $"expected num attribute to be 1, 2 or 4, got {Num}");
        }
        else if (Ptr.Type is not LlvmPointerType { AddressSpace: 3 })
        {
            verifier.Error(this, "expected source pointer in memory space 3");
        }
        else if (
            Res.Type != (Num == 1 ? IntegerType.I32 : LlvmStructType.Get([.. Enumerable.Repeat(IntegerType.I32, Num)]))
        )
        {
            verifier.Error(this, $"expected a result of {Num} words of type i32");
        }
    }
}
