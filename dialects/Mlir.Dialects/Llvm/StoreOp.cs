using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Writes a value to memory.</summary>
/// <example><code>llvm.store %v, %p {alignment = 8 : i64, nontemporal} : f64, !llvm.ptr</code></example>
[Op("llvm.store")]
public sealed partial class StoreOp : Operation, IMemoryEffects
{
    /// <summary>The value.</summary>
    [Operand<LlvmValue>]
    public partial Value Value { get; }

    /// <summary>The address.</summary>
    [Operand<LlvmPointer>]
    public partial Value Addr { get; }

    /// <summary>What the address is a multiple of, in bytes; by default the natural alignment of the type.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <summary>Whether the access must be kept as it is.</summary>
    [Attr(Name = "volatile_")]
    public partial bool IsVolatile { get; }

    /// <summary>Whether the data should go past the cache.</summary>
    [Attr]
    public partial bool Nontemporal { get; }

    /// <summary>The memory ordering of the access.</summary>
    [Attr(Type = "i64", Default = "AtomicOrdering.NotAtomic")]
    public partial AtomicOrdering Ordering { get; }

    /// <summary>The threads that an atomic access is ordered with; all by default.</summary>
    [Attr]
    public partial string? Syncscope { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects =>
        IsVolatile || Ordering > AtomicOrdering.Unordered
            ? MemoryEffects.Read | MemoryEffects.Write
            : MemoryEffects.Write;

    /// <summary>Parses <c>[volatile] value, address [atomic …] [{…}] : type, pointer</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        AccessForm.ParseVolatile(parser, state);
        var value = parser.ParseOperand();
        parser.Expect(",");
        var address = parser.ParseOperand();
        AccessForm.ParseOrdering(parser, state);
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(value, parser.ParseType(), state);
        parser.Expect(",");
        parser.Resolve(address, parser.ParseType(), state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(IsVolatile ? " volatile " : " ");
        printer.WriteOperand(Value);
        printer.Write(", ");
        printer.WriteOperand(Addr);
        AccessForm.PrintOrdering(printer, Ordering, Syncscope);
        printer.WriteAttrDict(this, "volatile_", "ordering", "syncscope");
        printer.Write(" : ");
        printer.WriteType(Value.Type);
        printer.Write(", ");
        printer.WriteType(Addr.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        AccessForm.Verify(this, Ordering, Syncscope, Value.Type, Alignment, verifier);
}
