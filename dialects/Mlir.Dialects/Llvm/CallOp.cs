using Mlir.Dialects.Builtin;
using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Calls a function of the module, or one whose address is a value.</summary>
/// <example><code>
/// %r = llvm.call @f(%a) : (i32) -> i32
/// %s = llvm.call %p(%a) : !llvm.ptr, (i32) -> i32
/// </code></example>
[Op("llvm.call")]
public sealed partial class CallOp : Operation, ISymbolUser
{
    /// <summary>The arguments; before them, for an indirect call, the address.</summary>
    [Operand<LlvmValue>]
    public partial OperandList CalleeOperands { get; }

    /// <summary>The operands of all bundles.</summary>
    [Operand<LlvmValue>]
    public partial OperandList OpBundleOperands { get; }

    /// <summary>How many operands each bundle has.</summary>
    [Attr(Name = "op_bundle_sizes")]
    public partial DenseArrayAttr OpBundleSizes { get; }

    /// <summary>The function; absent for an indirect call.</summary>
    [Attr]
    public partial SymbolRefAttr? Callee { get; }

    /// <summary>The type of a callee with a variable number of arguments.</summary>
    [Attr(Name = "var_callee_type")]
    public partial IrType? VarCalleeType { get; }

    /// <summary>What the call may assume about floats.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The calling convention.</summary>
    [Attr(Name = "CConv", Default = "CConv.C")]
    public partial CConv CConv { get; }

    /// <summary>Whether the call may or must be a tail call.</summary>
    [Attr(Name = "TailCallKind", Default = "TailCallKind.None")]
    public partial TailCallKind TailCallKind { get; }

    /// <summary>The name of each bundle.</summary>
    [Attr(Name = "op_bundle_tags")]
    public partial ArrayAttr? OpBundleTags { get; }

    /// <summary>The result; absent when the function returns none.</summary>
    [Result<LlvmValue>]
    public partial OpResult? Result { get; }

    /// <summary>A call of the function <paramref name="callee"/> of the module.</summary>
    public CallOp(Location location, string callee, IrType? result, params ReadOnlySpan<Value> arguments)
        : this(location, arguments, [], OperandBundles.None, result, SymbolRefAttr.Get(callee)) { }

    /// <summary>A call of the function at the address <paramref name="callee"/>.</summary>
    public CallOp(Location location, Value callee, IrType? result, params ReadOnlySpan<Value> arguments)
        : this(location, [callee, .. arguments], [], OperandBundles.None, result) { }

    /// <summary>The arguments, without the address of an indirect call.</summary>
    public OperandList Arguments =>
        Callee is null && CalleeOperands.Count > 0 ? CalleeOperands.Slice(1, CalleeOperands.Count - 1) : CalleeOperands;

    /// <summary>Parses <c>[cc] [tail] callee(arguments) [vararg(type)] [bundles] [{…}] : [pointer,] (types) -> type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        foreach (var convention in Enum.GetValues<CConv>())
        {
            if (parser.TryConsume(EnumKeywords<CConv>.ToText(convention)))
            {
                state.SetAttribute("CConv", EnumAttr<CConv>.Get(convention));
                break;
            }
        }

        foreach (var kind in Enum.GetValues<TailCallKind>())
        {
            if (parser.TryConsume(EnumKeywords<TailCallKind>.ToText(kind)))
            {
                state.SetAttribute("TailCallKind", EnumAttr<TailCallKind>.Get(kind));
                break;
            }
        }

        UnresolvedOperand? address = null;
        if (parser.TryParseOperand(out var indirect))
        {
            address = indirect;
        }
        else
        {
            state.SetAttribute("callee", SymbolRefAttr.Get(parser.ParseSymbolName()));
        }

        var arguments = parser.ParseOperandList("(", ")");
        if (parser.TryConsume("vararg"))
        {
            parser.Expect("(");
            state.SetAttribute("var_callee_type", TypeAttr.Get(parser.ParseType<LlvmFunctionType>()));
            parser.Expect(")");
        }

        var bundled = new OperationState(state.Definition, state.Location);
        var extra = OperandBundles.Parse(parser, bundled);
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        if (address is { } pointer)
        {
            parser.Resolve(pointer, parser.ParseType(), state);
            parser.Expect(",");
        }

        var at = parser.CurrentLocation;
        var signature = parser.ParseFunctionType();
        if (signature.Results.Count > 1)
        {
            throw parser.Error("expected function with 0 or 1 result", at);
        }

        parser.Resolve(arguments, signature.Inputs, state);
        var called = state.Operands.Count;
        state.Operands.AddRange(bundled.Operands);
        state.Attributes.AddRange(bundled.Attributes);
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(called, extra));
        state.ResultTypes.AddRange(signature.Results);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        if (CConv != CConv.C)
        {
            printer.Write(EnumKeywords<CConv>.ToText(CConv));
            printer.Write(' ');
        }

        if (TailCallKind != TailCallKind.None)
        {
            printer.Write(EnumKeywords<TailCallKind>.ToText(TailCallKind));
            printer.Write(' ');
        }

        if (Callee is { } callee)
        {
            printer.WriteAttribute(callee);
        }
        else
        {
            printer.WriteOperand(CalleeOperands[0]);
        }

        printer.Write('(');
        printer.WriteOperands(Arguments);
        printer.Write(')');
        if (VarCalleeType is { } type)
        {
            printer.Write(" vararg(");
            printer.WriteType(type);
            printer.Write(')');
        }

        OperandBundles.Print(printer, OpBundleOperands, OpBundleSizes, OpBundleTags);
        CallForm.PrintAttributes(
            printer,
            this,
            FastmathFlags,
            "callee",
            "CConv",
            "TailCallKind",
            "var_callee_type",
            "op_bundle_sizes",
            "op_bundle_tags",
            "operandSegmentSizes"
        );
        printer.Write(" : ");
        if (Callee is null)
        {
            printer.WriteType(CalleeOperands[0].Type);
            printer.Write(", ");
        }

        printer.WriteFunctionalType([.. Arguments.Types], Result is null ? [] : [Result.Type]);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        OperandBundles.Verify(this, OpBundleOperands, OpBundleSizes, OpBundleTags, verifier);
        if (Callee is null)
        {
            if (CalleeOperands.Count == 0 || CalleeOperands[0].Type is not LlvmPointerType)
            {
                verifier.Error(this, "must have either a `callee` attribute or at least an operand that is a pointer");
            }
        }
    }

    /// <inheritdoc/>
    public void VerifySymbolUses(SymbolTable symbols, OpVerifier verifier)
    {
        if (Callee is null)
        {
            return;
        }

        if (symbols.Lookup(Callee) is not { } target)
        {
            verifier.Error(this, $"'{Callee.Leaf}' does not reference a symbol in the current scope");
        }
        else if (target is not LLVMFuncOp function)
        {
            verifier.Error(this, $"'{Callee.Leaf}' does not reference a valid LLVM function");
        }
        else
        {
            VerifyAgainst(function.FunctionType, verifier);
        }
    }

    private void VerifyAgainst(LlvmFunctionType type, OpVerifier verifier)
    {
        if (type.IsVarArg && VarCalleeType != type)
        {
            verifier.Error(this, "'var_callee_type' must be the type of a callee with a variable number of arguments");
        }

        if (Arguments.Count < type.Parameters.Count || (Arguments.Count > type.Parameters.Count && !type.IsVarArg))
        {
            verifier.Error(
                this,
                $"incorrect number of operands ({Arguments.Count}) for callee (expecting: {type.Parameters.Count})"
            );
            return;
        }

        for (var i = 0; i < type.Parameters.Count; i++)
        {
            if (Arguments[i].Type != type.Parameters[i])
            {
                verifier.Error(
                    this,
                    $"operand type mismatch for operand {i}: {Arguments[i].Type} != {type.Parameters[i]}"
                );
            }
        }

        if ((Result?.Type ?? LlvmVoidType.Instance) != type.ReturnType)
        {
            verifier.Error(
                this,
                Result is null
                    ? "expected function call to produce a value"
                    : $"result type mismatch: {Result.Type} != {type.ReturnType}"
            );
        }
    }
}
