using Mlir.Dialects.Nvgpu;
using Mlir.Dialects.Nvvm;
using Mlir.IR;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering.Gpu;

/// <summary>Copies behind a thread's back and small matrices spread over a warp: instructions of NVIDIA's processors.</summary>
internal static class NvgpuToLlvm
{
    public static void AddTo(ConversionTable table)
    {
        table.Add<DeviceAsyncCopyOp>(Copy);
        table.Add<DeviceAsyncCreateGroupOp>((op, e) => e.Insert(new CpAsyncCommitGroupOp(op.Location)));
        table.Add<DeviceAsyncWaitOp>((op, e) => e.Insert(new CpAsyncWaitGroupOp(op.Location, op.NumGroups ?? 0)));
        table.Add<Dialects.Nvgpu.LdMatrixOp>(Load);
        table.Add<MmaSyncOp>(Multiply);
        table.Add<LL.InlineAsmOp>(Assembly);
        table.Add<LL.ExtractValueOp>(
            (op, e) => e.Replace(op, new LL.ExtractValueOp(op.Location, e.Get(op.Container), op.Position.Values.Span))
        );
    }

    private static void Assembly(LL.InlineAsmOp op, LlvmEmitter e)
    {
        var copy = e.Insert(
            new LL.InlineAsmOp(
                op.Location,
                [.. op.AsmOperands.ToArray().Select(e.Get)],
                op.AsmString,
                op.Constraints,
                op.Res?.Type,
                op.HasSideEffects,
                op.IsAlignStack,
                op.AsmDialect
            )
        );
        if (op.Res is { } result)
        {
            e.Set(result, copy.Res!);
        }
    }

    private static void Copy(DeviceAsyncCopyOp op, LlvmEmitter e)
    {
        var bytes = (int)op.Bytes;
        var to = e.Address(e.GetMemRef(op.Dst), op.DstIndices);
        Value? given = null;
        if (op.SrcElements is { } elements)
        {
            var size = e.I32(bytes / (int)op.DstElements);
            var count = e.Emit(new LL.TruncOp(op.Location, e.Get(elements), IntegerType.I32));
            given = e.Emit(new LL.MulOp(op.Location, count, size));
        }

        // Of what lies outside nothing is read.
        var from = e.Address(e.GetMemRef(op.Src), op.SrcIndices, inBounds: given is null);
        if (from.Type != LlvmTypes.GlobalPointer)
        {
            from = e.Emit(new LL.AddrSpaceCastOp(op.Location, from, LlvmTypes.GlobalPointer));
        }

        var caches = op.BypassL1 ? LoadCacheModifier.CG : LoadCacheModifier.CA;
        e.Insert(new CpAsyncOp(op.Location, to, from, given, bytes, caches));
    }

    private static void Load(Dialects.Nvgpu.LdMatrixOp op, LlvmEmitter e)
    {
        var type = (VectorType)op.Res.Type;
        var words = e.Emit(
            new Dialects.Nvvm.LdMatrixOp(
                op.Location,
                e.Address(e.GetMemRef(op.SrcMemref), op.Indices),
                op.NumTiles,
                op.Transpose ? MMALayout.Col : MMALayout.Row,
                LdStMatrixShapeAttr.Get(8, 8),
                LdStMatrixEltType.B16,
                op.NumTiles == 1
                    ? IntegerType.I32
                    : LL.LlvmStructType.Get([.. Enumerable.Repeat(IntegerType.I32, op.NumTiles)])
            )
        );
        var row = VectorType.Get([type.Shape[1]], type.ElementType);
        e.Set(
            op.Res,
            VectorRows.Join(
                e,
                type,
                i =>
                {
                    var word = op.NumTiles == 1 ? words : e.Emit(new LL.ExtractValueOp(op.Location, words, [i]));
                    return e.Emit(new LL.BitcastOp(op.Location, word, row));
                }
            )
        );
    }

    private static void Multiply(MmaSyncOp op, LlvmEmitter e)
    {
        var (m, n, k) = op.Shape;
        var element = ((VectorType)op.MatrixA.Type).ElementType;
        var multiplicand = ((FloatType)element).Name switch
        {
            "bf16" => EnumAttr<MMATypes>.Get(MMATypes.BF16),
            "f32" => EnumAttr<MMATypes>.Get(MMATypes.TF32),
            _ => null,
        };
        var type = (VectorType)op.Res.Type;
        var sum = type.ElementType;
        var sums = e.Emit(
            new MmaOp(
                op.Location,
                Registers(op.MatrixA, e),
                Registers(op.MatrixB, e),
                VectorRows.Elements(e, op.MatrixC),
                MMAShapeAttr.Get(m, n, k),
                MMALayout.Row,
                MMALayout.Col,
                LL.LlvmStructType.Get([.. Enumerable.Repeat(sum, m * n / Kernel.Warp)]),
                multiplicandAPtxType: multiplicand,
                multiplicandBPtxType: multiplicand
            )
        );
        var columns = type.Shape[1];
        e.Set(
            op.Res,
            VectorRows.Join(
                e,
                type,
                row =>
                    VectorRows.Vector(
                        e,
                        VectorType.Get([columns], sum),
                        i => e.Emit(new LL.ExtractValueOp(op.Location, sums, [(row * columns) + i]))
                    )
            )
        );
    }

    /// <summary>A factor as the instruction takes it: pairs of f16, pairs of bf16 and single floats as words, doubles as they are.</summary>
    private static Value[] Registers(Value factor, LlvmEmitter e)
    {
        var type = (VectorType)factor.Type;
        return ((FloatType)type.ElementType).Name switch
        {
            "f64" => VectorRows.Elements(e, factor),
            "f16" => VectorRows.Split(e, factor),
            _ =>
            [
                .. VectorRows
                    .Split(e, factor)
                    .Select(row => e.Emit(new LL.BitcastOp(e.Location, row, IntegerType.I32))),
            ],
        };
    }
}
