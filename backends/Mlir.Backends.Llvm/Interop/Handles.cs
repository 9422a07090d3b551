using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm.Interop;

// One owner per kind of native object. An owner's creation is the first thing anyone does with LLVM, so each asks for the library.

/// <summary>Owns an LLVM context: the types and constants that modules made in it share. Not thread-safe.</summary>
internal sealed class LLVMContextHandle : SafeHandle
{
    public LLVMContextHandle()
        : base(0, ownsHandle: true)
    {
        LlvmLibrary.Require();
        SetHandle(LLVM.LLVMContextCreate().Value);
    }

    public LLVMContextRef Ref => new(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LLVM.LLVMContextDispose(Ref);
        return true;
    }
}

/// <summary>Owns a module. Dispose of it before its context.</summary>
internal sealed class LLVMModuleHandle : SafeHandle
{
    private readonly LLVMContextHandle context;

    public LLVMModuleHandle(LLVMContextHandle context, LLVMModuleRef module)
        : base(0, ownsHandle: true)
    {
        // A finaliser must not free the context first: the module holds a count on it.
        var held = false;
        context.DangerousAddRef(ref held);
        this.context = context;
        SetHandle(module.Value);
    }

    public LLVMModuleRef Ref => new(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>Gives up ownership: the callee disposes of the module, whatever it returns.</summary>
    public LLVMModuleRef Take()
    {
        var module = Ref;
        SetHandleAsInvalid();
        context.DangerousRelease();
        return module;
    }

    protected override bool ReleaseHandle()
    {
        LLVM.LLVMDisposeModule(Ref);
        context.DangerousRelease();
        return true;
    }
}

/// <summary>Owns an instruction builder.</summary>
internal sealed class LLVMBuilderHandle : SafeHandle
{
    public LLVMBuilderHandle(LLVMContextHandle context)
        : base(0, ownsHandle: true) => SetHandle(LLVM.LLVMCreateBuilderInContext(context.Ref).Value);

    public LLVMBuilderRef Ref => new(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LLVM.LLVMDisposeBuilder(Ref);
        return true;
    }
}

/// <summary>Owns a target machine: instruction selection for one triple, processor and feature set. Not thread-safe.</summary>
internal sealed class LLVMTargetMachineHandle : SafeHandle
{
    public LLVMTargetMachineHandle(LLVMTargetMachineRef machine)
        : base(0, ownsHandle: true) => SetHandle(machine.Value);

    public LLVMTargetMachineRef Ref => new(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LLVM.LLVMDisposeTargetMachine(Ref);
        return true;
    }
}

/// <summary>Owns a data layout.</summary>
internal sealed class LLVMTargetDataHandle : SafeHandle
{
    public LLVMTargetDataHandle(LLVMTargetMachineHandle machine)
        : base(0, ownsHandle: true) => SetHandle(LLVM.LLVMCreateTargetDataLayout(machine.Ref).Value);

    public LLVMTargetDataRef Ref => new(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LLVM.LLVMDisposeTargetData(Ref);
        return true;
    }
}

/// <summary>Owns the options of a pass pipeline.</summary>
internal sealed class LLVMPassBuilderOptionsHandle : SafeHandle
{
    public LLVMPassBuilderOptionsHandle()
        : base(0, ownsHandle: true)
    {
        LlvmLibrary.Require();
        SetHandle(LLVM.LLVMCreatePassBuilderOptions().Value);
    }

    public LLVMPassBuilderOptionsRef Ref => new(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LLVM.LLVMDisposePassBuilderOptions(Ref);
        return true;
    }
}

/// <summary>Owns a memory buffer, until <see cref="Take"/> hands it to LLVM.</summary>
internal sealed unsafe class LLVMMemoryBufferHandle : SafeHandle
{
    public LLVMMemoryBufferHandle(LLVMMemoryBufferRef buffer)
        : base(0, ownsHandle: true) => SetHandle(buffer.Value);

    public LLVMMemoryBufferRef Ref => new(handle);

    public override bool IsInvalid => handle == 0;

    public ReadOnlySpan<byte> Span => new(LLVM.LLVMGetBufferStart(Ref), checked((int)LLVM.LLVMGetBufferSize(Ref)));

    public static LLVMMemoryBufferHandle Copy(ReadOnlySpan<byte> bytes, string name)
    {
        LlvmLibrary.Require();
        fixed (byte* data = bytes)
        {
            return new(LLVM.LLVMCreateMemoryBufferWithMemoryRangeCopy(data, (nuint)bytes.Length, name));
        }
    }

    /// <summary>Gives up ownership: the callee disposes of the buffer, whatever it returns.</summary>
    public LLVMMemoryBufferRef Take()
    {
        var buffer = Ref;
        SetHandleAsInvalid();
        return buffer;
    }

    protected override bool ReleaseHandle()
    {
        LLVM.LLVMDisposeMemoryBuffer(Ref);
        return true;
    }
}
