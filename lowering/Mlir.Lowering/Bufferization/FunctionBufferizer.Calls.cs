using Mlir.Dialects.Func;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <content>What passes between functions.</content>
internal sealed partial class FunctionBufferizer
{
    private void ConvertCall(Emitter emit, CallOp call)
    {
        if (!call.Operands.ToArray().Any(IsTensorValue) && !call.Results.Any(r => Bufferize.IsTensor(r.Type)))
        {
            return;
        }

        // The callee knows arrays whose elements lie side by side.
        var operands = call.Operands.ToArray();
        for (var i = 0; i < operands.Length; i++)
        {
            if (IsTensorValue(operands[i]))
            {
                call.SetOperand(i, Dense(emit, BufferOf(emit, operands[i])));
            }
        }

        foreach (var result in call.Results.Where(r => Bufferize.IsTensor(r.Type)))
        {
            result.Type = Bufferize.BufferType(result.Type);
            Own(result, result, call.Block!);
        }
    }

    private void ConvertReturn(Emitter emit, ReturnOp ret)
    {
        for (var i = 0; i < ret.Operands.Count; i++)
        {
            var value = ret.Operands[i];
            if (IsTensorValue(value))
            {
                ret.SetOperand(i, function.IsPublic ? ResultFor(emit, value, ret, i) : HandOver(emit, value, ret));
            }
        }
    }

    /// <summary>The allocation that becomes result <paramref name="index"/>; a copy into one where the value lies elsewhere.</summary>
    private Value ResultFor(Emitter emit, Value tensor, ReturnOp ret, int index)
    {
        var mark = IntegerAttr.Get(IntegerType.I32, index);
        var buffer = HandOver(emit, tensor, ret);
        if (_memory.Root(buffer).Definer is AllocOp own && own.GetAttribute(Bufferize.ResultAttribute) is null)
        {
            own.SetAttribute(Bufferize.ResultAttribute, mark);
            return buffer;
        }

        // Memory from a call or a region: its elements move into the caller's.
        var result = Duplicate(emit, buffer, (MemRefType)buffer.Type, keepContents: true);
        result.Definer!.SetAttribute(Bufferize.ResultAttribute, mark);
        emit.Dealloc(buffer);
        return result;
    }
}
