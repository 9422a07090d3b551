namespace Mlir.Backends.Interpreter;

/// <summary>The values of one call of a function: a register for each scalar and each object.</summary>
internal sealed class Frame
{
    /// <summary>A frame that starts with the function's constants.</summary>
    public Frame(FunctionCode function, ExecutionContext context)
    {
        Function = function;
        Context = context;
        Scalars = (long[])function.InitialScalars.Clone();
        Objects = (object?[])function.InitialObjects.Clone();
    }

    /// <summary>The function.</summary>
    public FunctionCode Function { get; }

    /// <summary>The limits of the whole run.</summary>
    public ExecutionContext Context { get; }

    /// <summary>Integers and floats of up to 64 bits; number 0 is always zero.</summary>
    public long[] Scalars { get; }

    /// <summary>Arrays and everything else.</summary>
    public object?[] Objects { get; }

    /// <summary>The array in an object register.</summary>
    public ArrayValue Array(int register) => System.Runtime.CompilerServices.Unsafe.As<ArrayValue>(Objects[register]!);
}
