using Mlir.Dialects.Arith;
using Mlir.Dialects.Bufferization;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Flow;
using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Llvm;
using Mlir.Dialects.Math;
using Mlir.Dialects.MemRef;
using Mlir.Dialects.Nvgpu;
using Mlir.Dialects.Nvvm;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.Dialects.Vector;

namespace Mlir.Dialects;

/// <summary>The dialects of this library.</summary>
public static class AllDialects
{
    /// <summary>All of them, for parsers and passes.</summary>
    public static DialectRegistry Registry { get; } =
        new(
            new BuiltinDialect(),
            new FuncDialect(),
            new ArithDialect(),
            new MathDialect(),
            new CfDialect(),
            new ScfDialect(),
            new TensorDialect(),
            new LinalgDialect(),
            new BufferizationDialect(),
            new MemRefDialect(),
            new VectorDialect(),
            new GpuDialect(),
            new LlvmDialect(),
            new NvgpuDialect(),
            new NvvmDialect(),
            new FlowDialect()
        );
}
