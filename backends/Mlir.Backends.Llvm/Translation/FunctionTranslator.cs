using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>
/// One function's body → LLVM's instructions: block by block, op by op, each op by its rule. Block arguments become phis, whose
/// incoming values are filled in when every block is there.
/// </summary>
internal sealed unsafe class FunctionTranslator
{
    private readonly HandleMap values = new();
    private readonly HandleMap blocks = new();
    private readonly List<IncomingEdge> edges = [];
    private readonly LLVMValueRef function;

    public FunctionTranslator(ModuleTranslator module, LLVMValueRef function)
    {
        Module = module;
        this.function = function;
        Builder = module.Builder;
    }

    /// <summary>What the functions of a module share.</summary>
    public ModuleTranslator Module { get; }

    public LLVMBuilderRef Builder { get; }

    public TypeTranslator Types => Module.Types;

    /// <summary>The empty name: results are numbered, which keeps the module small and the builder fast.</summary>
    /// <remarks>A UTF-8 literal lies in the assembly's image, which never moves, and ends with a zero byte.</remarks>
    public static byte* Unnamed => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("\0"u8));

    /// <summary>The value that an operand was translated to.</summary>
    public LLVMValueRef this[Value value] =>
        values.Find(value) is not 0 and var handle
            ? new LLVMValueRef(handle)
            : throw new InvalidOperationException("an operand is used before it is defined");

    /// <summary>LLVM's type of a value.</summary>
    public LLVMTypeRef TypeOf(Value value) => Types.Translate(value.Type);

    /// <summary>Translates the body.</summary>
    public void Translate(Region body)
    {
        var order = BlockOrder.Of(body);
        foreach (var block in order)
        {
            blocks.Set(block, LLVM.LLVMAppendBasicBlockInContext(Module.Context.Ref, function, Unnamed).Value);
        }

        foreach (var block in order)
        {
            LLVM.LLVMPositionBuilderAtEnd(Builder, BlockOf(block));
            AddArguments(block);
            for (var op = block.First; op is not null; op = op.Next)
            {
                Translate(op);
            }
        }

        ConnectPhis();
    }

    /// <summary>Translates one op by its rule.</summary>
    public void Translate(Operation op)
    {
        var result = Rules.Table[op.GetType()](this, op);
        if (op.Results.Count == 1)
        {
            values.Set(op.Results[0], result.Value);
        }
    }

    /// <summary>The block that an edge of a terminator goes to.</summary>
    /// <remarks>
    /// LLVM's phis cannot tell two edges between the same blocks apart. Where a terminator has several edges to one block that
    /// takes arguments, each but the first gets a block of its own.
    /// </remarks>
    public LLVMBasicBlockRef Target(Successor edge)
    {
        var from = LLVM.LLVMGetInsertBlock(Builder);
        var target = BlockOf(edge.Target);
        if (edge.Target.Arguments.Count == 0)
        {
            return target;
        }

        for (var i = 0; i < edge.Index; i++)
        {
            if (ReferenceEquals(edge.Owner.Successors[i].Target, edge.Target))
            {
                var own = LLVM.LLVMAppendBasicBlockInContext(Module.Context.Ref, function, Unnamed);
                LLVM.LLVMPositionBuilderAtEnd(Builder, own);
                LLVM.LLVMBuildBr(Builder, target);
                LLVM.LLVMPositionBuilderAtEnd(Builder, from);
                edges.Add(new IncomingEdge(edge, own));
                return own;
            }
        }

        edges.Add(new IncomingEdge(edge, from));
        return target;
    }

    /// <summary>The constant that a global's initializer folds to: without an insertion point the builder can only fold.</summary>
    public LLVMValueRef Fold(GlobalOp global)
    {
        LLVM.LLVMClearInsertionPosition(Builder);
        foreach (var op in global.Initializer.Single.Operations)
        {
            if (op is ReturnOp)
            {
                return this[op.Operands[0]];
            }

            if (op is not (ConstantOp or UndefOp or PoisonOp or ZeroOp or AddressOfOp or InsertValueOp))
            {
                break;
            }

            Translate(op);
        }

        throw new DiagnosticException(TranslationDiagnostics.NotConstant.At(global.Location, global.SymName));
    }

    private void AddArguments(Block block)
    {
        for (var i = 0; i < block.Arguments.Count; i++)
        {
            var argument = block.Arguments[i];
            var value = block.IsEntry
                ? LLVM.LLVMGetParam(function, (uint)i)
                : LLVM.LLVMBuildPhi(Builder, TypeOf(argument), Unnamed);
            values.Set(argument, value.Value);
        }
    }

    private void ConnectPhis()
    {
        foreach (var (edge, from) in edges)
        {
            var operands = ((IBranch)edge.Owner).GetSuccessorOperands(edge.Index);
            for (var i = 0; i < operands.Count; i++)
            {
                var value = this[operands[i]];
                var block = from;
                LLVM.LLVMAddIncoming(this[edge.Target.Arguments[i]], &value, &block, 1);
            }
        }
    }

    private LLVMBasicBlockRef BlockOf(Block block) => new(blocks.Find(block));

    /// <summary>An edge that brings arguments, and the block of LLVM's that it comes from.</summary>
    private sealed record IncomingEdge(Successor Edge, LLVMBasicBlockRef From);
}
