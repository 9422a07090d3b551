using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Reads a value from memory.</summary>
/// <example><code>%v = llvm.load %p {alignment = 8 : i64} : !llvm.ptr -> f64</code></example>
[Op("llvm.load")]
public sealed partial class LoadOp : Operation, IMemoryEffects
{
    /// <summary>The address.</summary>
    [Operand<LlvmPointer>]
    public partial Value Addr { get; }

    /// <summary>What the address is a multiple of, in bytes; by default the natural alignment of the type.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <summary>Whether the access must be kept as it is.</summary>
    [Attr(Name = "volatile_")]
    public partial bool IsVolatile { get; }

    /// <summary>Whether the cache should be left alone.</summary>
    [Attr]
    public partial bool Nontemporal { get; }

    /// <summary>Whether the memory never changes while it can be read.</summary>
    [Attr]
    public partial bool Invariant { get; }

    /// <summary>The memory ordering of the access.</summary>
    [Attr(Type = "i64", Default = "AtomicOrdering.NotAtomic")]
    public partial AtomicOrdering Ordering { get; }

    /// <summary>The threads that an atomic access is ordered with; all by default.</summary>
    [Attr]
    public partial string? Syncscope { get; }

    /// <summary>The value read.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects =>
        IsVolatile || Ordering > AtomicOrdering.Unordered
            ? MemoryEffects.Read | MemoryEffects.Write
            : MemoryEffects.Read;

    /// <summary>Parses <c>[volatile] address [atomic …] [invariant] [{…}] : pointer -> type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        AccessForm.ParseVolatile(parser, state);
        var address = parser.ParseOperand();
        AccessForm.ParseOrdering(parser, state);
        if (parser.TryConsume("invariant"))
        {
            state.SetAttribute("invariant", UnitAttr.Instance);
        }

        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(address, parser.ParseType(), state);
        parser.Expect("->");
        state.ResultTypes.Add(parser.ParseType());
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(IsVolatile ? " volatile " : " ");
        printer.WriteOperand(Addr);
        AccessForm.PrintOrdering(printer, Ordering, Syncscope);
        printer.Write(Invariant ? " invariant" : "");
        printer.WriteAttrDict(this, "volatile_", "ordering", "syncscope", "invariant");
        printer.Write(" : ");
        printer.WriteType(Addr.Type);
        printer.Write(" -> ");
        printer.WriteType(Res.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        AccessForm.Verify(this, Ordering, Syncscope, Res.Type, Alignment, verifier);
}
