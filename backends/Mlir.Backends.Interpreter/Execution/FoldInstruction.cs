using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>An operation on scalars of rare types (wide integers, small float formats), computed as the constant folder does.</summary>
internal sealed class FoldInstruction(Operation op, Register[] operands, Register[] results) : Instruction
{
    public override int Execute(Frame frame)
    {
        var constants = new IrAttribute?[operands.Length];
        for (var i = 0; i < constants.Length; i++)
        {
            constants[i] = operands[i].IsObject
                ? (IrAttribute)frame.Objects[operands[i].Index]!
                : ElementKinds.ToConstant(operands[i].Type, frame.Scalars[operands[i].Index]);
        }

        var folded = new FoldResult[results.Length];
        if (!op.Fold(constants, folded))
        {
            throw new UndefinedBehaviorException(op.Name, $"has no defined result for ({string.Join<IrAttribute?>(", ", constants)})", op.Location);
        }

        for (var i = 0; i < folded.Length; i++)
        {
            var value = folded[i].Constant ?? constants[op.Operands.ToArray().AsSpan().IndexOf(folded[i].Value!)]!;
            if (results[i].IsObject)
            {
                frame.Objects[results[i].Index] = value;
            }
            else
            {
                frame.Scalars[results[i].Index] = ElementKinds.ToRegister((TypedAttr)value);
            }
        }

        return Next;
    }
}
