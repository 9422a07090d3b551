using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>An operation on scalars of rare types (wide integers, small float formats), computed as the constant folder does.</summary>
internal sealed class FoldInstruction(
    Operation op,
    Func<Value, Register> registerOf,
    Register[] operands,
    Register[] results
) : Instruction
{
    public override int Execute(Frame frame)
    {
        var constants = new IrAttribute?[operands.Length];
        for (var i = 0; i < constants.Length; i++)
        {
            constants[i] = Read(frame, operands[i]);
        }

        var folded = new FoldResult[results.Length];
        if (!op.Fold(constants, folded))
        {
            throw new UndefinedBehaviorException(
                op.Name,
                $"has no defined result for ({string.Join<IrAttribute?>(", ", constants)})",
                op.Location
            );
        }

        for (var i = 0; i < folded.Length; i++)
        {
            // An identity may lead past the operands, to what they were made from.
            var value = folded[i].Constant ?? Read(frame, registerOf(folded[i].Value!));
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

    private static IrAttribute Read(Frame frame, Register register) =>
        register.IsObject
            ? (IrAttribute)frame.Objects[register.Index]!
            : ElementKinds.ToConstant(register.Type, frame.Scalars[register.Index]);
}
