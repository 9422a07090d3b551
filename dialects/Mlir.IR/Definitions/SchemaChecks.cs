namespace Mlir.IR;

/// <summary>The checks that generated verifiers share; each that reports returns false.</summary>
public static class SchemaChecks
{
    /// <summary>Whether the operation has as many parts as its definition says; reports what differs.</summary>
    public static bool HasParts(
        Operation op,
        OpVerifier verifier,
        PartCount operands,
        PartCount results,
        PartCount regions,
        PartCount successors
    )
    {
        var (operandCount, resultCount, regionCount, successorCount) = op.PartCounts;
        return (
                operands.Allows(operandCount)
                && results.Allows(resultCount)
                && regions.Allows(regionCount)
                && successors.Allows(successorCount)
            ) || ReportParts(op, verifier, operands, results, regions, successors);
    }

    private static bool ReportParts(
        Operation op,
        OpVerifier verifier,
        PartCount operands,
        PartCount results,
        PartCount regions,
        PartCount successors
    )
    {
        var counts = op.PartCounts;
        Report(operands, counts.Operands, "operand");
        Report(results, counts.Results, "result");
        Report(regions, counts.Regions, "region");
        Report(successors, counts.Successors, "successor");
        return false;

        void Report(PartCount expected, int count, string kind)
        {
            if (!expected.Allows(count))
            {
                verifier.Error(
                    op,
                    $"expected {expected} {kind}{(expected.Min == 1 && expected.Max == 1 ? "" : "s")}, but found {count}"
                );
            }
        }
    }

    /// <summary>Whether the attribute in <paramref name="slot"/> splits the <paramref name="total"/> operands or results as their groups allow.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="verifier">Receives what is wrong.</param>
    /// <param name="slot">The slot of the attribute with the sizes.</param>
    /// <param name="total">How many operands or results there are.</param>
    /// <param name="shape">One character a group: <c>1</c> for one value, <c>?</c> for an optional one, <c>*</c> for any number.</param>
    public static bool HasSegments(Operation op, OpVerifier verifier, int slot, int total, string shape)
    {
        var name = op.Definition.AttributeNames[slot];
        if (op.GetInherent(slot) is not DenseArrayAttr sizes || sizes.ElementType != IntegerType.I32)
        {
            return WrongAttribute(op, verifier, slot, "an array of i32");
        }

        if (sizes.Values.Count != shape.Length)
        {
            verifier.Error(
                op,
                $"'{name}' attribute for specifying segments must have {shape.Length} elements, but got {sizes.Values.Count}"
            );
            return false;
        }

        var sum = 0L;
        for (var i = 0; i < shape.Length; i++)
        {
            var size = sizes.Values[i];
            if (size < 0 || (shape[i] == '1' && size != 1) || (shape[i] == '?' && size > 1))
            {
                verifier.Error(
                    op,
                    $"'{name}' gives group #{i} {size} values, but it takes {shape[i] switch { '1' => "1", '?' => "0 or 1", _ => "0 or more" }}"
                );
                return false;
            }

            sum += size;
        }

        if (sum != total)
        {
            verifier.Error(
                op,
                $"count ({total}) does not match with the total size ({sum}) specified in attribute '{name}'"
            );
            return false;
        }

        return true;
    }

    /// <summary>Reports an operand whose type does not satisfy its constraint.</summary>
    public static bool WrongOperand(Operation op, OpVerifier verifier, int index, string name, string description)
    {
        verifier.Error(op, $"operand #{index} '{name}' must be {description}, but got '{op.Operands[index].Type}'");
        return false;
    }

    /// <summary>Reports a result whose type does not satisfy its constraint.</summary>
    public static bool WrongResult(Operation op, OpVerifier verifier, int index, string name, string description)
    {
        verifier.Error(op, $"result #{index} '{name}' must be {description}, but got '{op.OpResults[index].Type}'");
        return false;
    }

    /// <summary>Reports an attribute that is missing or not of the kind that the definition says.</summary>
    public static bool WrongAttribute(Operation op, OpVerifier verifier, int slot, string description)
    {
        var name = op.Definition.AttributeNames[slot];
        verifier.Error(
            op,
            op.GetInherent(slot) is { } attribute
                ? $"attribute '{name}' must be {description}, but got '{attribute}'"
                : $"requires attribute '{name}'"
        );
        return false;
    }

    /// <summary>Whether <paramref name="region"/> has from <paramref name="min"/> to <paramref name="max"/> blocks (0: any number).</summary>
    public static bool HasBlocks(Region region, int min, int max)
    {
        var count = 0;
        for (var block = region.First; block is not null && count <= Math.Max(min, max); block = block.Next)
        {
            count++;
        }

        return count >= min && (max == 0 || count <= max);
    }

    /// <summary>Reports a region with a wrong number of blocks.</summary>
    public static bool WrongBlocks(Operation op, OpVerifier verifier, int index, string name, int min, int max)
    {
        var expected =
            min == max ? $"{min}"
            : max == 0 ? $"{min} or more"
            : $"{min} to {max}";
        verifier.Error(op, $"region #{index} '{name}' must have {expected} block{(min == max && min == 1 ? "" : "s")}");
        return false;
    }

    /// <summary>Whether all operands and results have one type.</summary>
    public static bool HasOneType(Operation op)
    {
        var operands = op.OpOperands;
        var results = op.OpResults;
        var first =
            operands.Length > 0 ? operands[0].Value.Type
            : results.Length > 0 ? results[0].Type
            : null;
        foreach (var result in results)
        {
            if (result.Type != first)
            {
                return false;
            }
        }

        return HasOneOperandType(op);
    }

    /// <summary>Reports operands and results of different types.</summary>
    public static bool NotOneType(Operation op, OpVerifier verifier)
    {
        verifier.Error(op, "requires the same type for all operands and results");
        return false;
    }

    /// <summary>Whether all operands have one type.</summary>
    public static bool HasOneOperandType(Operation op)
    {
        var operands = op.OpOperands;
        for (var i = 1; i < operands.Length; i++)
        {
            if (operands[i].Value.Type != operands[0].Value.Type)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reports operands of different types.</summary>
    public static bool NotOneOperandType(Operation op, OpVerifier verifier)
    {
        verifier.Error(op, "requires all operands to have the same type");
        return false;
    }

    /// <summary>Whether operands and results are all scalars, or shaped with compatible shapes.</summary>
    public static bool HasOneShape(Operation op)
    {
        IrType? first = null;
        foreach (var operand in op.OpOperands)
        {
            if (!AreCompatible(first ??= operand.Value.Type, operand.Value.Type))
            {
                return false;
            }
        }

        foreach (var result in op.OpResults)
        {
            if (!AreCompatible(first ??= result.Type, result.Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reports operands and results of different shapes.</summary>
    public static bool NotOneShape(Operation op, OpVerifier verifier)
    {
        verifier.Error(op, "requires the same shape for all operands and results");
        return false;
    }

    private static bool AreCompatible(IrType a, IrType b)
    {
        if (a is not ShapedType first || b is not ShapedType second)
        {
            return a is not ShapedType && b is not ShapedType;
        }

        if (!first.HasRank || !second.HasRank)
        {
            return true;
        }

        if (first.Rank != second.Rank)
        {
            return false;
        }

        for (var i = 0; i < first.Rank; i++)
        {
            if (
                first.Shape[i] != second.Shape[i]
                && first.Shape[i] != ShapedType.Dynamic
                && second.Shape[i] != ShapedType.Dynamic
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether all <paramref name="values"/> have <paramref name="type"/>.</summary>
    public static bool HaveType(OperandList values, IrType type)
    {
        foreach (var value in values)
        {
            if (value.Type != type)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether all <paramref name="values"/> have <paramref name="type"/>.</summary>
    public static bool HaveType(IReadOnlyList<OpResult> values, IrType type)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Type != type)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether both lists have the same types.</summary>
    public static bool HaveSameTypes(OperandList left, OperandList right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].Type != right[i].Type)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether both lists have the same types.</summary>
    public static bool HaveSameTypes(IReadOnlyList<OpResult> left, OperandList right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].Type != right[i].Type)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reports two parts whose types differ.</summary>
    public static bool NotSameType(Operation op, OpVerifier verifier, string left, string right)
    {
        verifier.Error(op, $"failed to verify that all of {{{right}, {left}}} have same type");
        return false;
    }

    /// <summary>Reports a type that is not the one that follows from the other parts.</summary>
    public static bool NotInferred(Operation op, OpVerifier verifier, string name, IrType? inferred, IrType type)
    {
        verifier.Error(
            op,
            inferred is null
                ? $"has operands and attributes from which the type of '{name}' cannot be inferred"
                : $"inferred type '{inferred}' of '{name}' is incompatible with its type '{type}'"
        );
        return false;
    }
}
