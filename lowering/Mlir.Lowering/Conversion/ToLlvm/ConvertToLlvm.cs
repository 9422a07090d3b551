using Mlir.Dialects.Builtin;

namespace Mlir.Lowering;

/// <summary>Turns blocks over scalars, vectors and arrays in memory into the <c>llvm</c> dialect, all functions of a module at once.</summary>
/// <remarks>
/// Each public function <c>f</c> gets an entry <c>f__packed(ptr args, ptr frame)</c>; one of scalars with one scalar result can also be called as it is.
/// See <see cref="ErrorTable"/> for what happens to assertions.
/// </remarks>
[Pass("convert-to-llvm")]
public sealed partial record ConvertToLlvm : Pass<ModuleOp>
{
    /// <inheritdoc/>
    protected override void Run(ModuleOp op, PassContext context)
    {
        try
        {
            new LlvmModuleConverter(op, context.Cancellation).Run();
        }
        catch (ConversionException failure)
        {
            context.Report(failure.Diagnostic);
        }
    }
}
