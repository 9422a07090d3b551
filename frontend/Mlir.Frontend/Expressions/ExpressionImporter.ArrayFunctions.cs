using System.Linq.Expressions;
using Mlir.Frontend.Arrays;

namespace Mlir.Frontend.Expressions;

/// <content>Calls of the functions of <c>Mlir.Arrays</c>.</content>
public sealed partial class ExpressionImporter
{
    private Operand ImportArrayFunction(MethodCallExpression call)
    {
        var import =
            ArrayFunctions.Find(call.Method.Name)
            ?? throw Unsupported(call, $"{call.Method.Name} has no compiled form");
        return At(
            call,
            () =>
                import(
                    new ArrayCall(
                        call,
                        _arithmetic,
                        _tensors,
                        _module.RequireShapes,
                        ImportElements,
                        reason => Unsupported(call, reason)
                    )
                )
        );
    }
}
