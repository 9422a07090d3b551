namespace Mlir.Dialects.Bufferization;

/// <summary>The rule that ties tensors to arrays.</summary>
internal static class Buffers
{
    /// <summary>Checks that an array of type <paramref name="buffer"/> can hold a tensor of type <paramref name="tensor"/>.</summary>
    public static void Verify(Operation op, IrType tensor, IrType buffer, OpVerifier verifier)
    {
        var (value, memory) = ((ShapedType)tensor, (ShapedType)buffer);
        if (value.ElementType != memory.ElementType || value.HasRank != memory.HasRank || value.Shape != memory.Shape)
        {
            verifier.Error(
                op,
                $"expects a tensor and a memref of one shape and element type, got {tensor} and {buffer}"
            );
        }
    }
}
