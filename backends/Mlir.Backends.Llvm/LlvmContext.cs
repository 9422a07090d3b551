using System.Runtime.InteropServices;
using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm;

/// <summary>A context with its diagnostics: what LLVM would print on standard error and exit for becomes an exception.</summary>
internal sealed unsafe class LlvmContext : IDisposable
{
    private readonly List<string> errors = [];
    private GCHandle self;

    public LlvmContext()
    {
        Handle = new LLVMContextHandle();
        self = GCHandle.Alloc(errors);
        LLVM.LLVMContextSetDiagnosticHandler(Handle.Ref, &OnDiagnostic, (void*)GCHandle.ToIntPtr(self));
    }

    ~LlvmContext() => Free();

    public LLVMContextHandle Handle { get; }

    public LLVMContextRef Ref => Handle.Ref;

    /// <summary>Throws if LLVM reported an error since the last call.</summary>
    public void ThrowIfErrors(string doing)
    {
        if (errors.Count > 0)
        {
            var text = string.Join(Environment.NewLine, errors);
            errors.Clear();
            throw new LlvmException($"{doing}: {text}");
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        Handle?.Dispose();
        if (self.IsAllocated)
        {
            self.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static void OnDiagnostic(LLVMDiagnosticInfoRef info, void* state)
    {
        if (LLVM.LLVMGetDiagInfoSeverity(info) == LLVMDiagnosticSeverity.Error)
        {
            ((List<string>)GCHandle.FromIntPtr((nint)state).Target!).Add(
                Messages.Take(LLVM.LLVMGetDiagInfoDescription(info))
            );
        }
    }
}
