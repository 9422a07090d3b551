using Mlir.Dialects.Arith;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.Math;
using Mlir.Dialects.Scf;

namespace Mlir.Dialects;

/// <summary>The dialects of this library.</summary>
public static class AllDialects
{
    /// <summary>All of them, for parsers and passes.</summary>
    public static DialectRegistry Registry { get; } = new(
        new BuiltinDialect(),
        new FuncDialect(),
        new ArithDialect(),
        new MathDialect(),
        new CfDialect(),
        new ScfDialect());
}
