namespace Mlir.Dialects.Linalg;

/// <summary>
/// A structured operation in destination style: loops over an iteration space, reads an element of each input and of each destination,
/// and the body yields the new element of each destination.
/// </summary>
public interface ILinalgOp
{
    /// <summary>What is read: arrays, or scalars where the operation allows them.</summary>
    OperandList Inputs { get; }

    /// <summary>The destinations: their elements are the initial values, and tensors among them give the results.</summary>
    OperandList Outputs { get; }

    /// <summary>Takes an element of each operand (of inputs only, where the operation says so) and yields one for each destination.</summary>
    Region Body { get; }

    /// <summary>For each input and destination the subscripts as a function of the loops.</summary>
    IReadOnlyList<AffineMap> IndexingMapList { get; }

    /// <summary>The kind of each loop, from the outermost inwards.</summary>
    IReadOnlyList<IteratorType> IteratorTypeList { get; }
}
