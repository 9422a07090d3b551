using System.Text;
using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm;

/// <summary>A module of LLVM IR in memory, from its construction to object code.</summary>
internal sealed unsafe class LlvmModule : IDisposable
{
    private readonly LLVMModuleHandle handle;

    public LlvmModule(LlvmContext context, string name)
        : this(context, LLVM.LLVMModuleCreateWithNameInContext(name, context.Ref)) { }

    private LlvmModule(LlvmContext context, LLVMModuleRef module)
    {
        Context = context;
        handle = new LLVMModuleHandle(context.Handle, module);
    }

    public LlvmContext Context { get; }

    public LLVMModuleRef Ref => handle.Ref;

    /// <summary>Reads LLVM IR text.</summary>
    public static LlvmModule Parse(LlvmContext context, string text)
    {
        // The parser wants the zero byte after the last character that this copy provides.
        var buffer = LLVMMemoryBufferHandle.Copy(Encoding.UTF8.GetBytes(text), "text");
        LLVMModuleRef module;
        byte* message = null;
        var failed = LLVM.LLVMParseIRInContext(context.Ref, buffer.Take(), &module, &message);
        var words = Messages.Take(message);
        context.ThrowIfErrors("reading LLVM IR");
        return failed == 0 ? new LlvmModule(context, module) : throw new LlvmException($"reading LLVM IR: {words}");
    }

    /// <summary>LLVM's verifier. Always called before a pass or the code generator sees the module: they may crash on what it rejects.</summary>
    public void Verify()
    {
        byte* message = null;
        var broken = LLVM.LLVMVerifyModule(Ref, LLVMVerifierFailureAction.ReturnStatus, &message);
        var words = Messages.Take(message);
        if (broken != 0)
        {
            throw new LlvmException($"LLVM's verifier rejects the module: {words.TrimEnd()}");
        }
    }

    /// <summary>The names of the functions that this module defines and shows to others.</summary>
    public IReadOnlyList<string> DefinedFunctions()
    {
        var names = new List<string>();
        for (
            var function = LLVM.LLVMGetFirstFunction(Ref);
            !function.IsNull;
            function = LLVM.LLVMGetNextFunction(function)
        )
        {
            if (LLVM.LLVMIsDeclaration(function) == 0 && LLVM.LLVMGetLinkage(function) == LLVMLinkage.External)
            {
                nuint length;
                names.Add(Encoding.UTF8.GetString(LLVM.LLVMGetValueName2(function, &length), (int)length));
            }
        }

        return names;
    }

    /// <summary>The module as LLVM IR text.</summary>
    public override string ToString() => Messages.Take(LLVM.LLVMPrintModuleToString(Ref));

    public void Dispose() => handle.Dispose();
}
