namespace Mlir.IR;

/// <summary>Checks that IR is well formed: each operation by its definition, and what spans operations (control flow, dominance, symbols).</summary>
public static class Verifier
{
    /// <summary>The most diagnostics that one run collects.</summary>
    private const int MaxDiagnostics = 100;

    /// <summary>What is wrong with <paramref name="root"/> and all inside it; empty when it is valid.</summary>
    /// <param name="root">The operation, mostly a module.</param>
    /// <param name="dialects">Knows how to check discardable attributes of dialects; null leaves them unchecked.</param>
    public static IReadOnlyList<Diagnostic> Verify(Operation root, DialectRegistry? dialects = null)
    {
        var verifier = new OpVerifier();

        // First each operation alone: the other checks look at neighbours through properties that trust their definitions.
        foreach (var op in root.Walk())
        {
            op.VerifyInvariants(verifier);
            if (verifier.Diagnostics.Count >= MaxDiagnostics)
            {
                break;
            }
        }

        if (!verifier.Succeeded)
        {
            return verifier.Diagnostics;
        }

        var dominance = new DominanceInfo();
        foreach (var op in root.Walk())
        {
            VerifyStructure(op, verifier);
            VerifyOperands(op, root, dominance, verifier);
            op.Verify(verifier);
            VerifyDiscardable(op, dialects, verifier);
            if (verifier.Diagnostics.Count >= MaxDiagnostics)
            {
                break;
            }
        }

        return verifier.Diagnostics;
    }

    /// <summary>Throws when <paramref name="root"/> is not valid.</summary>
    /// <exception cref="DiagnosticException">The IR is broken; the message says where and how.</exception>
    public static void VerifyOrThrow(Operation root, DialectRegistry? dialects = null)
    {
        if (Verify(root, dialects) is { Count: > 0 } diagnostics)
        {
            throw new DiagnosticException(diagnostics);
        }
    }

    private static void VerifyStructure(Operation op, OpVerifier verifier)
    {
        if (op is ITerminator && op.Next is not null)
        {
            verifier.Error(op, "must be the last operation in the parent block");
        }

        if (op.Successors.Count > 0)
        {
            VerifySuccessors(op, verifier);
        }

        if (op.Regions.Count == 0)
        {
            return;
        }

        foreach (var region in op.Regions)
        {
            VerifyRegion(op, region, verifier);
        }

        if (op is ISymbolTable)
        {
            VerifySymbols(op, verifier);
        }
    }

    private static void VerifySuccessors(Operation op, OpVerifier verifier)
    {
        if (op.Next is not null)
        {
            verifier.Error(op, "with block successors must terminate its parent block");
        }

        for (var i = 0; i < op.Successors.Count; i++)
        {
            var target = op.Successors[i].Target;
            if (!ReferenceEquals(target.Parent, op.ParentRegion))
            {
                verifier.Error(op, $"successor #{i} is not in the region of the operation");
            }
            else if (target.IsEntry)
            {
                verifier.Error(op, $"successor #{i} is the entry block of its region, which may have no predecessors");
            }

            if (op is not IBranch branch)
            {
                continue;
            }

            var passed = branch.GetSuccessorOperands(i);
            if (passed.Count != target.Arguments.Count)
            {
                verifier.Error(
                    op,
                    $"passes {passed.Count} operands to successor #{i}, which takes {target.Arguments.Count}"
                );
                continue;
            }

            for (var k = 0; k < passed.Count; k++)
            {
                if (passed[k].Type != target.Arguments[k].Type)
                {
                    verifier.Error(
                        op,
                        $"type mismatch for argument #{k} of successor #{i}: passes {passed[k].Type}, the block takes {target.Arguments[k].Type}"
                    );
                }
            }
        }
    }

    private static void VerifyRegion(Operation op, Region region, OpVerifier verifier)
    {
        if (op is ISingleBlock && region is { IsEmpty: false, HasOneBlock: false })
        {
            verifier.Error(op, "expects a region with 0 or 1 blocks");
        }

        if (op is INoTerminator or UnregisteredOp)
        {
            return;
        }

        foreach (var block in region.Blocks)
        {
            if (block.Last is null)
            {
                verifier.Error(op, "has an empty block: expect at least a terminator");
            }
            else if (block.Last is not ITerminator and not UnregisteredOp)
            {
                verifier.Error(block.Last, $"must be a terminator, as the last operation of a block of '{op.Name}'");
            }
        }
    }

    private static void VerifySymbols(Operation op, OpVerifier verifier)
    {
        var seen = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (var block in op.Regions[0].Blocks)
        {
            for (var child = block.First; child is not null; child = child.Next)
            {
                if (child is ISymbol { SymbolName: { } name } && !seen.TryAdd(name, child))
                {
                    verifier.Report(
                        OpVerifier.Broken.At(child.Location, child.Name, $"redefinition of symbol named '{name}'") with
                        {
                            Notes =
                            [
                                new Diagnostic(
                                    "MLIR2001",
                                    DiagnosticSeverity.Note,
                                    "see existing symbol definition here",
                                    seen[name].Location
                                ),
                            ],
                        }
                    );
                }
            }
        }
    }

    private static void VerifyOperands(Operation op, Operation root, DominanceInfo dominance, OpVerifier verifier)
    {
        var operands = op.OpOperands;
        for (var i = 0; i < operands.Length; i++)
        {
            var value = operands[i].Value;
            if (ReferenceEquals(value.ParentBlock, op.Block) && op.Block is not null)
            {
                // The usual case: both in one block, where order decides.
                if (value is BlockArgument || ((OpResult)value).Owner.IsBefore(op) || IsInGraphRegion(op))
                {
                    continue;
                }
            }
            else if (ReferenceEquals(op, root) || FindIsolation(op, value, verifier, i))
            {
                continue;
            }
            else if (dominance.Dominates(value, op) || IsInGraphRegion(value.Definer))
            {
                continue;
            }

            if (op.Block is { } block && !dominance.IsReachable(block))
            {
                continue;
            }

            verifier.Error(op, $"operand #{i} does not dominate this use");
        }
    }

    /// <summary>Reports a use that crosses an isolated operation.</summary>
    private static bool FindIsolation(Operation op, Value value, OpVerifier verifier, int index)
    {
        if (value.ParentBlock?.Parent is not { } defining)
        {
            verifier.Error(op, $"operand #{index} is not defined in this IR");
            return true;
        }

        for (
            var region = op.ParentRegion;
            region is not null && !ReferenceEquals(region, defining);
            region = region.ParentRegion
        )
        {
            if (region.Parent is IIsolatedFromAbove)
            {
                verifier.Error(
                    op,
                    $"using value defined outside the region of '{region.Parent.Name}', which is isolated from above"
                );
                return true;
            }
        }

        return false;
    }

    /// <summary>In the regions of operations that need no terminator (modules), order carries no meaning.</summary>
    private static bool IsInGraphRegion(Operation? op) => op?.ParentOp is INoTerminator;

    private static void VerifyDiscardable(Operation op, DialectRegistry? dialects, OpVerifier verifier)
    {
        if (dialects is null)
        {
            return;
        }

        foreach (var attribute in op.Discardable.Items)
        {
            if (attribute.Name.IndexOf('.') is > 0 and var dot)
            {
                dialects.Find(attribute.Name[..dot])?.VerifyDiscardable(op, attribute, verifier);
            }
        }
    }
}
