namespace Mlir.Dialects.Linalg;

/// <summary>The rules of all structured operations.</summary>
internal static class LinalgVerifier
{
    /// <summary>Checks maps, iterators, destinations, results and body against each other.</summary>
    public static void Verify<T>(T op, OpVerifier verifier, bool checkBody = true)
        where T : Operation, ILinalgOp
    {
        if (!VerifyResults(op, verifier))
        {
            return;
        }

        var maps = op.IndexingMapList;
        var operands = op.Inputs.Concat(op.Outputs).ToArray();
        if (maps.Count != operands.Length)
        {
            verifier.Error(
                op,
                $"expected the number of indexing_map ({maps.Count}) to be equal to the number of input/output operands ({operands.Length})"
            );
            return;
        }

        for (var i = 0; i < maps.Count; i++)
        {
            var rank = (operands[i].Type as ShapedType)?.Rank ?? 0;
            if (maps[i].SymbolCount != 0)
            {
                verifier.Error(op, $"unexpected symbols in indexing_map #{i}");
                return;
            }

            if (maps[i].DimCount != op.IteratorTypeList.Count)
            {
                verifier.Error(
                    op,
                    $"expected indexing_map #{i} to have {op.IteratorTypeList.Count} dim(s) to match the number of loops"
                );
                return;
            }

            if (maps[i].Results.Count != rank)
            {
                verifier.Error(
                    op,
                    $"expected operand rank ({rank}) to match the result rank of indexing_map #{i} ({maps[i].Results.Count})"
                );
                return;
            }
        }

        VerifySizes(op, operands, maps, verifier);
        if (checkBody)
        {
            VerifyBody(op, operands, verifier);
        }
    }

    private static bool VerifyResults<T>(T op, OpVerifier verifier)
        where T : Operation, ILinalgOp
    {
        var results = 0;
        foreach (var output in op.Outputs)
        {
            if (output.Type is RankedTensorType)
            {
                if (results >= op.Results.Count || op.Results[results].Type != output.Type)
                {
                    verifier.Error(
                        op,
                        $"expected type of operand ({output.Type}) to match type of corresponding result{(results < op.Results.Count ? $" ({op.Results[results].Type})" : "")}"
                    );
                    return false;
                }

                results++;
            }
        }

        if (results != op.Results.Count)
        {
            verifier.Error(
                op,
                $"expected the number of tensor results ({op.Results.Count}) to be equal to the number of output tensors ({results})"
            );
            return false;
        }

        return true;
    }

    private static void VerifySizes<T>(T op, Value[] operands, IReadOnlyList<AffineMap> maps, OpVerifier verifier)
        where T : Operation, ILinalgOp
    {
        // Where a dimension alone is a subscript, its static sizes have to agree.
        var sizes = new long[op.IteratorTypeList.Count];
        Array.Fill(sizes, ShapedType.Dynamic);
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i].Type is not ShapedType type)
            {
                continue;
            }

            for (var j = 0; j < type.Rank; j++)
            {
                if (maps[i].Results[j] is not AffineDimExpr { Position: var dim } || type.IsDynamicDim(j))
                {
                    continue;
                }

                if (sizes[dim] == ShapedType.Dynamic)
                {
                    sizes[dim] = type.Shape[j];
                }
                else if (sizes[dim] != type.Shape[j])
                {
                    verifier.Error(
                        op,
                        $"inferred input/output operand #{i} has shape's dimension #{j} to be {sizes[dim]}, but found {type.Shape[j]}"
                    );
                    return;
                }
            }
        }
    }

    private static void VerifyBody<T>(T op, Value[] operands, OpVerifier verifier)
        where T : Operation, ILinalgOp
    {
        if (!op.Body.HasOneBlock)
        {
            verifier.Error(op, "expects to have 1 region with 1 block");
            return;
        }

        var block = op.Body.Single;
        if (block.Arguments.Count != operands.Length)
        {
            verifier.Error(
                op,
                "expected as many non-induction variable region arguments as the number of input/output operands"
            );
            return;
        }

        for (var i = 0; i < operands.Length; i++)
        {
            if (block.Arguments[i].Type != ShapeFacts.ElementOf(operands[i].Type))
            {
                verifier.Error(
                    op,
                    $"expected type of bb argument #{i} ({block.Arguments[i].Type}) to match element or self type of the corresponding operand ({ShapeFacts.ElementOf(operands[i].Type)})"
                );
                return;
            }
        }

        if (block.Last is not YieldOp)
        {
            verifier.Error(op, "expects its region to end with 'linalg.yield'");
        }
    }
}
