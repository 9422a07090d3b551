using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The tagged extra operands of calls, <c>["align"(%p, %n : !llvm.ptr, i64)]</c>.</summary>
internal static class OperandBundles
{
    /// <summary>The sizes attribute of an operation without bundles.</summary>
    public static DenseArrayAttr None { get; } = DenseArrayAttr.I32();

    /// <summary>Parses the bundles, if there are some; appends their operands and returns how many.</summary>
    public static int Parse(AsmParser parser, OperationState state)
    {
        var sizes = new List<int>();
        var tags = new List<IrAttribute>();
        if (parser.TryConsume("["))
        {
            if (!parser.TryConsume("]"))
            {
                do
                {
                    tags.Add(StringAttr.Get(parser.ParseString()));
                    var operands = new List<UnresolvedOperand>();
                    var types = new List<IrType>();
                    parser.Expect("(");
                    if (!parser.TryConsume(")"))
                    {
                        operands = parser.ParseOperandList();
                        parser.Expect(":");
                        types = parser.ParseTypeList();
                        parser.Expect(")");
                    }

                    parser.Resolve(operands, types, state);
                    sizes.Add(operands.Count);
                } while (parser.TryConsume(","));
                parser.Expect("]");
            }
        }

        state.SetAttribute("op_bundle_sizes", DenseArrayAttr.I32([.. sizes]));
        if (tags.Count > 0)
        {
            state.SetAttribute("op_bundle_tags", ArrayAttr.Get([.. tags]));
        }

        return sizes.Sum();
    }

    /// <summary>Prints the bundles with a space before them; nothing when there are none.</summary>
    public static void Print(AsmPrinter printer, OperandList operands, DenseArrayAttr sizes, ArrayAttr? tags)
    {
        if (sizes.Values.IsEmpty)
        {
            return;
        }

        printer.Write(" [");
        var at = 0;
        for (var i = 0; i < sizes.Values.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.WriteAttribute(tags is not null && i < tags.Items.Count ? tags.Items[i] : StringAttr.Get(""));
            printer.Write('(');
            var bundle = operands.Slice(at, (int)sizes.Values[i]);
            at += bundle.Count;
            if (bundle.Count > 0)
            {
                printer.WriteOperands(bundle);
                printer.Write(" : ");
                printer.WriteTypes(bundle.Types);
            }

            printer.Write(')');
        }

        printer.Write(']');
    }

    /// <summary>Checks that sizes, tags and operands agree.</summary>
    public static void Verify(
        Operation op,
        OperandList operands,
        DenseArrayAttr sizes,
        ArrayAttr? tags,
        OpVerifier verifier
    )
    {
        var total = 0L;
        foreach (var size in sizes.Values)
        {
            total += size < 0 ? long.MinValue / 4 : size;
        }

        if (total != operands.Count)
        {
            verifier.Error(op, $"has {operands.Count} operands in bundles, but 'op_bundle_sizes' says {total}");
        }

        if ((tags?.Items.Count ?? 0) != sizes.Values.Count)
        {
            verifier.Error(op, "expected as many operand bundle tags as operand bundles");
        }
    }
}
