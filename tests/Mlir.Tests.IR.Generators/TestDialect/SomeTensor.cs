namespace Mlir.Tests.IR.Generators.TestDialect;

public sealed class SomeTensor : ITypeConstraint
{
    public static string Description => "tensor";

    public static bool IsSatisfiedBy(IrType type) => type is RankedTensorType;
}
