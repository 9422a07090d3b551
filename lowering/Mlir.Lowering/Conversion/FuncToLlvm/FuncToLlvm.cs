using Mlir.Dialects.Func;
using Mlir.IR;
using LL = Mlir.Dialects.Llvm;

namespace Mlir.Lowering;

/// <summary>Calls and returns. A function that can fail takes its caller's frame, and its caller looks at the status afterwards.</summary>
internal static class FuncToLlvm
{
    public static void AddTo(ConversionTable table)
    {
        table.Add<ReturnOp>(Return);
        table.Add<CallOp>(Call);
    }

    // return %a, %b → one value, or a structure of all parts
    private static void Return(ReturnOp op, LlvmEmitter e)
    {
        var parts = e.Flatten(op.Operands);
        Value? result = parts.Count == 1 ? parts[0] : null;
        if (parts.Count > 1)
        {
            result = e.Emit(new LL.PoisonOp(op.Location, LlvmTypes.Packed(e.Function.ResultTypes)));
            for (var i = 0; i < parts.Count; i++)
            {
                result = e.Emit(new LL.InsertValueOp(op.Location, result, parts[i], [i]));
            }
        }

        e.Insert(new LL.ReturnOp(op.Location, result));
    }

    private static void Call(CallOp op, LlvmEmitter e)
    {
        var callee =
            e.Module.Find(op.Callee.Leaf)
            ?? throw ConversionException.For(op, $"@{op.Callee.Leaf} is not a function of the module");
        if (op.Discardable[OutlineParallel.CallAttribute] is IntegerAttr grain)
        {
            ParallelCall(op, callee, grain.Int64, e);
            return;
        }

        var arguments = e.Flatten(op.Operands);
        if (callee.NeedsFrame)
        {
            arguments.Add(e.Frame);
        }

        var type = callee.Target.FunctionType.ReturnType;
        var call = e.Insert(
            new LL.CallOp(op.Location, op.Callee.Leaf, type is LL.LlvmVoidType ? null : type, arguments.ToArray())
        );
        if (callee.NeedsFrame)
        {
            e.UnwindOnStatus();
        }

        var parts = new Value[callee.ResultTypes.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] =
                parts.Length == 1 ? call.Results[0] : e.Emit(new LL.ExtractValueOp(op.Location, call.Results[0], [i]));
        }

        var at = 0;
        foreach (var result in op.Results)
        {
            if (result.Type is MemRefType memref)
            {
                e.Set(result, MemRefValue.Unflatten(memref, parts, ref at));
            }
            else
            {
                e.Set(result, parts[at++]);
            }
        }
    }

    // call @body(%b, %e, %x) {mlir.parallel_for = g}
    //   → context = {frame, x};
    //     if e - b <= g: body_thunk(&context, 0, e - b), as no second thread would get a share,
    //     else frame.ParallelFor(frame, body_thunk, &context, e - b, g);
    //     return when the status says so
    private static void ParallelCall(CallOp op, LlvmFunction callee, long grain, LlvmEmitter e)
    {
        var (first, last) = (e.Get(op.Operands[0]), e.Get(op.Operands[1]));
        if (LlvmEmitter.Known(first) != 0)
        {
            throw ConversionException.For(op, "a range that threads share has to start at 0");
        }

        var captured = e.Flatten(op.Operands, 2);
        captured.Insert(0, e.Frame);
        var type = LL.LlvmStructType.Get([.. captured.Select(c => c.Type)]);
        var context = e.StackSlot(type, e.I64(1), 16);
        for (var i = 0; i < captured.Count; i++)
        {
            var field =
                i == 0 ? context : e.Emit(new LL.GEPOp(op.Location, context, type, [0, i], LL.GepNoWrapFlags.Inbounds));
            e.Insert(new LL.StoreOp(op.Location, captured[i], field));
        }

        callee.Thunk ??= MakeThunk(callee, type, e.Module);
        var thunk = e.Emit(new LL.AddressOfOp(op.Location, SymbolRefAttr.Get(callee.Thunk.SymName), LlvmTypes.Pointer));
        if (LlvmEmitter.Known(last) is { } known && known <= grain)
        {
            e.Insert(new LL.CallOp(op.Location, callee.Thunk.SymName, null, context, e.I64(0), last));
            e.UnwindOnStatus();
            return;
        }

        var alone = e.Emit(new LL.ICmpOp(op.Location, LL.ICmpPredicate.Sle, last, e.I64(grain)));
        var branch = e.Current;
        var direct = e.AddContinuation();
        e.MoveTo(direct);
        var shared = e.AddContinuation();
        e.MoveTo(shared);
        var done = e.AddContinuation();
        e.MoveTo(branch);
        e.Insert(new LL.CondBrOp(op.Location, alone, default, default, direct, shared, null));
        e.MoveTo(direct);
        e.Insert(new LL.CallOp(op.Location, callee.Thunk.SymName, null, context, e.I64(0), last));
        e.Insert(new LL.BrOp(op.Location, default, done));
        e.MoveTo(shared);
        e.Insert(
            new LL.CallOp(
                op.Location,
                e.FrameFunction(FrameLayout.ParallelFor),
                null,
                [e.Frame, thunk, context, last, e.I64(grain)]
            )
        );
        e.Insert(new LL.BrOp(op.Location, default, done));
        e.MoveTo(done);
        e.UnwindOnStatus();
    }

    private static ArrayAttr NotInlined(ArrayAttr? attributes) =>
        ArrayAttr.Get([.. attributes?.Items ?? [], StringAttr.Get("noinline")]);

    private static LL.LLVMFuncOp MakeThunk(LlvmFunction callee, LL.LlvmStructType context, LlvmModuleConverter module)
    {
        var location = callee.Source.Location;
        var thunk = new LL.LLVMFuncOp(
            location,
            callee.Source.SymName + "__thunk",
            LL.LlvmFunctionType.Get(LL.LlvmVoidType.Instance, [LlvmTypes.Pointer, IntegerType.I64, IntegerType.I64]),
            linkage: LL.Linkage.Internal,
            passthrough: NotInlined(callee.Target.Passthrough) // the loops are in memory once
        );
        var entry = thunk.AddEntryBlock();
        var builder = new OpBuilder(entry);
        var arguments = new List<Value> { entry.Arguments[1], entry.Arguments[2] };
        for (var i = 1; i < context.Elements.Count; i++)
        {
            arguments.Add(Field(i));
        }

        if (callee.NeedsFrame)
        {
            arguments.Add(Field(0));
        }

        builder.Insert(new LL.CallOp(location, callee.Source.SymName, null, arguments.ToArray()));
        builder.Insert(new LL.ReturnOp(location));
        module.Add(thunk);
        return thunk;

        Value Field(int index)
        {
            var address =
                index == 0
                    ? (Value)entry.Arguments[0]
                    : builder
                        .Insert(
                            new LL.GEPOp(location, entry.Arguments[0], context, [0, index], LL.GepNoWrapFlags.Inbounds)
                        )
                        .Res;
            return builder.Insert(new LL.LoadOp(location, address, context.Elements[index])).Res;
        }
    }
}
