using System.Text;
using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>
/// A module of the <c>llvm</c> dialect → LLVM IR, through the builder rather than through text. The target's opcode table has
/// its say first: LLVM aborts the process on what it cannot select.
/// </summary>
internal sealed unsafe class ModuleTranslator : IDisposable
{
    private readonly Dictionary<string, TypedGlobal> symbols = [];
    private readonly Dictionary<string, int> metadataKinds = [];
    private readonly Dictionary<string, Operation> definitions = [];
    private readonly LLVMBuilderHandle builder;
    private readonly LlvmOptions options;
    private readonly ModulePart? part;

    private ModuleTranslator(LlvmContext context, LlvmModule module, LlvmOptions options, ModulePart? part)
    {
        this.part = part;
        Context = context;
        Module = module;
        this.options = options;
        builder = new LLVMBuilderHandle(context.Handle);
        Types = new TypeTranslator(context.Ref);
        Constants = new ConstantTranslator(context.Ref, Types);
        Attributes = new AttributeTranslator(context.Ref, Types);
    }

    public LlvmContext Context { get; }

    public LlvmModule Module { get; }

    public LLVMBuilderRef Builder => builder.Ref;

    public TypeTranslator Types { get; }

    public ConstantTranslator Constants { get; }

    public AttributeTranslator Attributes { get; }

    /// <summary>Translates a module that holds nothing but <c>llvm</c> ops.</summary>
    /// <exception cref="DiagnosticException">The target cannot do what an op asks for, or an op has no translation.</exception>
    public static LlvmModule Translate(LlvmContext context, Operation source, LlvmOptions options)
    {
        OpcodeTable.Check(source, options.Target ?? LlvmTarget.Host);
        return Translate(context, source, null, options);
    }

    /// <summary>Translates a part of a module that <see cref="OpcodeTable"/> has seen: its functions, and declarations of what they name.</summary>
    public static LlvmModule Translate(LlvmContext context, Operation source, ModulePart? part, LlvmOptions options)
    {
        var module = new LlvmModule(context, "module");
        try
        {
            using var translator = new ModuleTranslator(context, module, options, part);
            if (part is null)
            {
                translator.Translate(source.Regions[0].Single);
            }
            else
            {
                translator.Translate(source.Regions[0].Single, part);
            }

            translator.InlineSoleCalls();
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>The function or global of this name, with its value type.</summary>
    public TypedGlobal Symbol(string name)
    {
        if (symbols.TryGetValue(name, out var known))
        {
            return known;
        }

        // Only of a part: what it names elsewhere is declared, and constants are repeated.
        switch (definitions[name])
        {
            case LLVMFuncOp function:
                Declare(function);
                break;
            case GlobalOp global:
                Declare(global);
                Initialize(global);
                break;
        }

        return symbols[name];
    }

    /// <summary>The number that LLVM knows a kind of metadata by.</summary>
    public uint MetadataKind(string name)
    {
        if (!metadataKinds.TryGetValue(name, out var kind))
        {
            metadataKinds[name] = kind = (int)LLVM.LLVMGetMDKindIDInContext(Context.Ref, name, (uint)name.Length);
        }

        return (uint)kind;
    }

    /// <summary>The metadata node <c>!{i32 1}</c>, which switches a property on.</summary>
    public LLVMValueRef TrueNode()
    {
        var one = LLVM.LLVMValueAsMetadata(LLVM.LLVMConstInt(Types.I32, 1, 0));
        return LLVM.LLVMMetadataAsValue(Context.Ref, LLVM.LLVMMDNodeInContext2(Context.Ref, &one, 1));
    }

    /// <summary>The metadata node without operands.</summary>
    public LLVMValueRef EmptyNode() =>
        LLVM.LLVMMetadataAsValue(Context.Ref, LLVM.LLVMMDNodeInContext2(Context.Ref, null, 0));

    /// <summary>An address computation. Version 18 knows no flags but <c>inbounds</c>; dropping the others is safe.</summary>
    public LLVMValueRef BuildGep(
        LLVMTypeRef type,
        LLVMValueRef pointer,
        LLVMValueRef* indices,
        uint count,
        LLVMGEPNoWrapFlags flags
    ) =>
        LlvmLibrary.Version.Major >= 19
            ? LLVM.LLVMBuildGEPWithNoWrapFlags(
                Builder,
                type,
                pointer,
                indices,
                count,
                FunctionTranslator.Unnamed,
                flags
            )
        : flags.HasFlag(LLVMGEPNoWrapFlags.InBounds)
            ? LLVM.LLVMBuildInBoundsGEP2(Builder, type, pointer, indices, count, FunctionTranslator.Unnamed)
        : LLVM.LLVMBuildGEP2(Builder, type, pointer, indices, count, FunctionTranslator.Unnamed);

    /// <summary>An intrinsic's declaration, for the types that it is overloaded on.</summary>
    public TypedGlobal Intrinsic(string name, ReadOnlySpan<LLVMTypeRef> overloads)
    {
        var id = LLVM.LLVMLookupIntrinsicID(name, (nuint)Encoding.UTF8.GetByteCount(name));
        if (id == 0)
        {
            throw new LlvmException($"LLVM {LlvmLibrary.Version} has no intrinsic '{name}'");
        }

        fixed (LLVMTypeRef* types = overloads)
        {
            var value = LLVM.LLVMGetIntrinsicDeclaration(Module.Ref, id, types, (nuint)overloads.Length);
            return new TypedGlobal(value, LLVM.LLVMGlobalGetValueType(value));
        }
    }

    public void Dispose() => builder.Dispose();

    private void Translate(Block body)
    {
        // Declare everything first: uses may come before definitions.
        foreach (var op in body.Operations)
        {
            switch (op)
            {
                case LLVMFuncOp function:
                    Declare(function);
                    break;
                case GlobalOp global:
                    Declare(global);
                    break;
            }
        }

        foreach (var op in body.Operations)
        {
            switch (op)
            {
                case GlobalOp global:
                    Initialize(global);
                    break;
                case LLVMFuncOp function when !function.Body.IsEmpty:
                    new FunctionTranslator(this, symbols[function.SymName].Value).Translate(function.Body);
                    break;
            }
        }
    }

    private void Translate(Block body, ModulePart functions)
    {
        foreach (var op in body.Operations)
        {
            switch (op)
            {
                case LLVMFuncOp function:
                    definitions[function.SymName] = op;
                    break;
                case GlobalOp global:
                    definitions[global.SymName] = op;
                    break;
            }
        }

        foreach (var function in functions.Functions)
        {
            Declare(function);
        }

        foreach (var function in functions.Functions)
        {
            new FunctionTranslator(this, symbols[function.SymName].Value).Translate(function.Body);
        }
    }

    /// <summary>What one call names and nobody else goes in its place: nothing need be weighed, which takes the inliner longer than the work.</summary>
    private void InlineSoleCalls()
    {
        for (
            var function = LLVM.LLVMGetFirstFunction(Module.Ref);
            !function.IsNull;
            function = LLVM.LLVMGetNextFunction(function)
        )
        {
            if (
                LLVM.LLVMIsDeclaration(function) == 0
                && LLVM.LLVMGetLinkage(function) == LLVMLinkage.Internal
                && LLVM.LLVMGetFirstUse(function) is { IsNull: false } use
                && LLVM.LLVMGetNextUse(use).IsNull
                && LLVM.LLVMIsACallInst(LLVM.LLVMGetUser(use)) is { IsNull: false } call
                && LLVM.LLVMGetCalledValue(call) == function
            )
            {
                Attributes.Inline(function);
            }
        }
    }

    private void Declare(LLVMFuncOp function)
    {
        var type = Types.TranslateFunction((LlvmFunctionType)function.FunctionType);
        var value = LLVM.LLVMAddFunction(Module.Ref, function.SymName, type);
        symbols[function.SymName] = new TypedGlobal(value, type);
        LLVM.LLVMSetLinkage(
            value,
            part?.Shared.Contains(function.SymName) == true
                ? LLVMLinkage.External
                : Translate(function.Linkage, function)
        );
        LLVM.LLVMSetFunctionCallConv(value, (uint)function.CConv);
        Attributes.Apply(function, value, options);
    }

    private void Declare(GlobalOp global)
    {
        var type = Types.Translate(global.GlobalType);
        var value = LLVM.LLVMAddGlobalInAddressSpace(Module.Ref, type, global.SymName, (uint)global.AddrSpace);
        symbols[global.SymName] = new TypedGlobal(value, type);
        LLVM.LLVMSetLinkage(value, Translate(global.Linkage, global));
        LLVM.LLVMSetGlobalConstant(value, global.IsConstant ? 1 : 0);
        if (global.Alignment is { } alignment)
        {
            LLVM.LLVMSetAlignment(value, checked((uint)alignment));
        }

        LLVM.LLVMSetUnnamedAddress(
            value,
            global.UnnamedAddr switch
            {
                UnnamedAddr.Local => LLVMUnnamedAddr.LocalUnnamedAddr,
                UnnamedAddr.Global => LLVMUnnamedAddr.GlobalUnnamedAddr,
                _ => LLVMUnnamedAddr.NoUnnamedAddr,
            }
        );
    }

    private void Initialize(GlobalOp global)
    {
        var value = symbols[global.SymName].Value;
        if (global.Value is { } attribute)
        {
            LLVM.LLVMSetInitializer(
                value,
                Constants.Translate(attribute, global.GlobalType)
                    ?? throw TranslationDiagnostics.NoConstant(global, attribute)
            );
        }
        else if (!global.Initializer.IsEmpty)
        {
            LLVM.LLVMSetInitializer(value, new FunctionTranslator(this, default).Fold(global));
        }
    }

    private static LLVMLinkage Translate(Linkage linkage, Operation op) =>
        linkage switch
        {
            Linkage.External => LLVMLinkage.External,
            Linkage.Internal => LLVMLinkage.Internal,
            Linkage.Private => LLVMLinkage.Private,
            Linkage.LinkonceOdr => LLVMLinkage.LinkOnceODR,
            _ => throw new DiagnosticException(TranslationDiagnostics.Linkage.At(op.Location, linkage)),
        };
}
