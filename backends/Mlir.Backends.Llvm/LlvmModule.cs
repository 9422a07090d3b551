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

    /// <summary>The type of a function of this module, as text.</summary>
    public string TypeOf(string function) =>
        Messages.Take(LLVM.LLVMPrintTypeToString(LLVM.LLVMGlobalGetValueType(Function(function))));

    /// <summary>Has every function of this module compiled for a processor of its own.</summary>
    public void SetCpu(string cpu)
    {
        for (
            var function = LLVM.LLVMGetFirstFunction(Ref);
            !function.IsNull;
            function = LLVM.LLVMGetNextFunction(function)
        )
        {
            if (LLVM.LLVMIsDeclaration(function) == 0)
            {
                LLVM.LLVMAddTargetDependentFunctionAttr(function, "target-cpu", cpu);
            }
        }
    }

    /// <summary>Gives a function another name.</summary>
    public void Rename(string function, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* data = bytes)
        {
            LLVM.LLVMSetValueName2(Function(function), data, (nuint)bytes.Length);
        }
    }

    /// <summary>Hides a function from other objects.</summary>
    public void Hide(string function) => LLVM.LLVMSetLinkage(Function(function), LLVMLinkage.Internal);

    /// <summary>Takes everything out of another module of the same context, which is used up.</summary>
    public void Link(LlvmModule other)
    {
        var failed = LLVM.LLVMLinkModules2(Ref, other.handle.Take()) != 0;
        Context.ThrowIfErrors("linking modules");
        if (failed)
        {
            throw new LlvmException("linking modules failed");
        }
    }

    private LLVMValueRef Function(string name) =>
        LLVM.LLVMGetNamedFunction(Ref, name) is { IsNull: false } function
            ? function
            : throw new LlvmException($"the module has no function '{name}'");

    /// <summary>The module as LLVM IR text.</summary>
    public override string ToString() => Messages.Take(LLVM.LLVMPrintModuleToString(Ref));

    public void Dispose() => handle.Dispose();
}
