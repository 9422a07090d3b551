using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Access to single elements.</summary>
internal static class ArrayAccess
{
    /// <summary>Writes a register's value into storage.</summary>
    public static void Set(Storage storage, long position, Register value, Frame frame)
    {
        if (value.IsObject)
        {
            ArrayValue.SetBoxed(storage, position, frame.Objects[value.Index]);
        }
        else
        {
            storage.Store(position, frame.Scalars[value.Index]);
        }
    }

    /// <summary>Reads an element of storage into a register.</summary>
    public static void Get(Storage storage, long position, Register value, Frame frame)
    {
        if (value.IsObject)
        {
            frame.Objects[value.Index] = ArrayValue.GetBoxed(storage, position);
        }
        else
        {
            frame.Scalars[value.Index] = storage.Load(position);
        }
    }

    /// <summary>Appends the reading of an element.</summary>
    public static void Load(FunctionBuilder builder, Operation op, Value array, OperandList indices, Value result) =>
        builder.Emit(
            new LoadInstruction(
                builder.Object(array),
                [.. indices.ToArray().Select(builder.Scalar)],
                builder.RegisterOf(result),
                op
            )
        );

    /// <summary>Appends the writing of an element.</summary>
    public static void Store(FunctionBuilder builder, Operation op, Value array, OperandList indices, Value value) =>
        builder.Emit(
            new StoreInstruction(
                builder.Object(array),
                [.. indices.ToArray().Select(builder.Scalar)],
                builder.RegisterOf(value),
                op
            )
        );

    /// <summary>Checks that two arrays have the same sizes.</summary>
    public static void CheckSameSizes(Operation op, ArrayValue a, ArrayValue b)
    {
        if (!a.Sizes.AsSpan().SequenceEqual(b.Sizes))
        {
            throw new UndefinedBehaviorException(
                op.Name,
                $"has arrays of sizes [{string.Join(", ", a.Sizes)}] and [{string.Join(", ", b.Sizes)}]",
                op.Location
            );
        }
    }

    private sealed class LoadInstruction(int array, int[] indices, Register result, Operation op) : Instruction
    {
        public override int Execute(Frame frame)
        {
            var value = frame.Array(array);
            Get(value.Storage, Views.Position(value, frame.Scalars, indices, op), result, frame);
            return Next;
        }
    }

    private sealed class StoreInstruction(int array, int[] indices, Register value, Operation op) : Instruction
    {
        public override int Execute(Frame frame)
        {
            var target = frame.Array(array);
            Set(target.Storage, Views.Position(target, frame.Scalars, indices, op), value, frame);
            return Next;
        }
    }
}
