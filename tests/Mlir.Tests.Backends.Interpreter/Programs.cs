using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;

namespace Mlir.Tests.Backends.Interpreter;

/// <summary>Modules from text.</summary>
internal static class Programs
{
    /// <summary>A verified module.</summary>
    public static ModuleOp Parse(string text, string file = "test.mlir")
    {
        var module = (ModuleOp)MlirText.Parse(text, AllDialects.Registry, null, file).ValueOrThrow();
        Verifier.VerifyOrThrow(module, AllDialects.Registry);
        return module;
    }
}
