using System.Text;
using Mlir.Backends.Llvm.Interop;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>
/// Hints of a loop's back edge, a dictionary attribute <c>mlir.loop</c> on the branch, → LLVM's loop metadata. Keys are LLVM's names
/// without <c>llvm.loop.</c>: <c>vectorize.width</c>, <c>interleave.count</c>, <c>unroll.disable</c>, <c>unroll.count</c>, <c>mustprogress</c>.
/// </summary>
internal static unsafe class LoopMetadata
{
    /// <summary>The attribute on the branch that closes the loop.</summary>
    public const string AttributeName = "mlir.loop";

    public static LLVMValueRef Attach(FunctionTranslator t, Operation op, LLVMValueRef branch)
    {
        if (op.Discardable.Items.Count > 0 && op.Discardable[AttributeName] is DictionaryAttr hints)
        {
            LLVM.LLVMSetMetadata(branch, t.Module.MetadataKind("llvm.loop"), Make(t, hints));
        }

        return branch;
    }

    private static LLVMValueRef Make(FunctionTranslator t, DictionaryAttr hints)
    {
        var context = t.Module.Context.Ref;
        var nodes = new LLVMMetadataRef[hints.Items.Count + 1];
        for (var i = 0; i < hints.Items.Count; i++)
        {
            nodes[i + 1] = Hint(t, hints.Items[i]);
        }

        // A loop's node is distinct because its first operand is the node itself.
        nodes[0] = LLVM.LLVMTemporaryMDNode(context, null, 0);
        fixed (LLVMMetadataRef* first = nodes)
        {
            var node = LLVM.LLVMMDNodeInContext2(context, first, (nuint)nodes.Length);
            LLVM.LLVMMetadataReplaceAllUsesWith(nodes[0], node);
            return LLVM.LLVMMetadataAsValue(context, node);
        }
    }

    private static LLVMMetadataRef Hint(FunctionTranslator t, NamedAttribute hint)
    {
        var context = t.Module.Context.Ref;
        var name = Encoding.UTF8.GetBytes("llvm.loop." + hint.Name);
        var parts = stackalloc LLVMMetadataRef[2];
        fixed (byte* text = name)
        {
            parts[0] = LLVM.LLVMMDStringInContext2(context, text, (nuint)name.Length);
        }

        if (hint.Value is not IntegerAttr number)
        {
            return LLVM.LLVMMDNodeInContext2(context, parts, 1);
        }

        var type = number.Type is IntegerType { Width: 1 } ? t.Types.I1 : t.Types.I32;
        parts[1] = LLVM.LLVMValueAsMetadata(ConstantTranslator.Integer(type, number.Bits & uint.MaxValue));
        return LLVM.LLVMMDNodeInContext2(context, parts, 2);
    }
}
