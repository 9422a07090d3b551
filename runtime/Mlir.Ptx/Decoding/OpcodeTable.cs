using Mlir.Ptx.Operations;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Decoding;

/// <summary>What each opcode is decoded by, and how statistics count it.</summary>
internal static class OpcodeTable
{
    private static readonly Dictionary<
        string,
        (PtxInstructionClass Class, Func<Decoder, string, Instruction> Decode)
    > Rows = Build();

    /// <summary>Decodes the instruction that the decoder stands at.</summary>
    public static Instruction Decode(Decoder decoder, string opcode)
    {
        if (!Rows.TryGetValue(opcode, out var row))
        {
            throw decoder.Fail("is no instruction that is known here");
        }

        // The class first: decoding takes the modifiers away.
        var kind = Classify(row.Class, decoder);
        var instruction = row.Decode(decoder, opcode);
        instruction.Class = kind;
        return instruction;
    }

    private static PtxInstructionClass Classify(PtxInstructionClass kind, Decoder decoder)
    {
        var modifiers = decoder.Syntax.Modifiers;
        if (kind == PtxInstructionClass.Global)
        {
            return modifiers.Any(m => m is "shared" or "shared::cta") ? PtxInstructionClass.Shared
                : modifiers.Any(m => m is "local" or "param") ? PtxInstructionClass.Local
                : kind;
        }

        return kind != PtxInstructionClass.Integer ? kind
            : decoder.PeekType() is var type && HalfDecoder.IsHalf(type) ? PtxInstructionClass.Half
            : type.IsFloat ? PtxInstructionClass.Float
            : kind;
    }

    private static Dictionary<string, (PtxInstructionClass, Func<Decoder, string, Instruction>)> Build()
    {
        var rows = new Dictionary<string, (PtxInstructionClass, Func<Decoder, string, Instruction>)>(
            StringComparer.Ordinal
        );
        void Row(
            PtxInstructionClass kind,
            Func<Decoder, string, Instruction> decode,
            params ReadOnlySpan<string> opcodes
        )
        {
            foreach (var opcode in opcodes)
            {
                rows.Add(opcode, (kind, decode));
            }
        }

        void Plain(PtxInstructionClass kind, string opcode, Func<Decoder, Instruction> decode) =>
            rows.Add(opcode, (kind, (decoder, _) => decode(decoder)));

        Row(PtxInstructionClass.Integer, Arithmetic, "add", "sub", "mul", "div", "rem", "min", "max");
        Row(PtxInstructionClass.Integer, MultiplyAdd, "mad", "fma");
        Row(PtxInstructionClass.Integer, Sign, "abs", "neg");
        Row(
            PtxInstructionClass.Integer,
            (d, o) => Carries.Decode(d, o, readsCarry: true, writesCarry: false),
            "addc",
            "subc"
        );
        Row(PtxInstructionClass.Integer, BitDecoder.Logic, "and", "or", "xor");
        Row(PtxInstructionClass.Integer, BitDecoder.Not, "not", "cnot");
        Row(PtxInstructionClass.Integer, BitDecoder.Shift, "shl", "shr");
        Row(PtxInstructionClass.Integer, BitDecoder.Count, "popc", "clz");
        Plain(
            PtxInstructionClass.Integer,
            "madc",
            d => CarriedProducts.Decode(d, d.Require("lo", "hi"), readsCarry: true)
        );
        Plain(PtxInstructionClass.Integer, "sad", IntegerDecoder.SumOfDifference);
        Plain(PtxInstructionClass.Integer, "dp4a", IntegerDecoder.DotProduct);
        Plain(PtxInstructionClass.Integer, "shf", BitDecoder.Funnel);
        Plain(PtxInstructionClass.Integer, "bfind", BitDecoder.Find);
        Plain(PtxInstructionClass.Integer, "brev", BitDecoder.Reverse);
        Plain(PtxInstructionClass.Integer, "bfe", BitDecoder.Extract);
        Plain(PtxInstructionClass.Integer, "bfi", BitDecoder.Insert);
        Plain(PtxInstructionClass.Integer, "prmt", BitDecoder.Permute);
        Plain(PtxInstructionClass.Integer, "lop3", BitDecoder.Logic3);

        Row(
            PtxInstructionClass.Special,
            FloatDecoder.Unary,
            "sqrt",
            "rcp",
            "rsqrt",
            "ex2",
            "lg2",
            "sin",
            "cos",
            "tanh"
        );
        Plain(PtxInstructionClass.Float, "copysign", FloatDecoder.CopySign);
        Plain(PtxInstructionClass.Float, "testp", FloatDecoder.TestProperty);

        Plain(PtxInstructionClass.Move, "mov", MoveDecoder.Move);
        Plain(PtxInstructionClass.Move, "setp", ComparisonDecoder.SetPredicate);
        Plain(PtxInstructionClass.Move, "set", ComparisonDecoder.Set);
        Plain(PtxInstructionClass.Move, "selp", ComparisonDecoder.Select);
        Plain(PtxInstructionClass.Move, "slct", ComparisonDecoder.SelectBySign);
        Plain(PtxInstructionClass.Conversion, "cvt", ConversionDecoder.Decode);
        Plain(PtxInstructionClass.Conversion, "cvta", MemoryDecoder.ConvertAddress);
        Plain(PtxInstructionClass.Conversion, "isspacep", MemoryDecoder.IsSpace);

        Row(PtxInstructionClass.Global, (d, _) => MemoryDecoder.Load(d), "ld", "ldu");
        Plain(PtxInstructionClass.Global, "st", MemoryDecoder.Store);
        Row(PtxInstructionClass.Global, (d, _) => MemoryDecoder.Prefetch(d), "prefetch", "prefetchu");
        Plain(PtxInstructionClass.Atomic, "atom", AtomicDecoder.Atom);
        Plain(PtxInstructionClass.Atomic, "red", AtomicDecoder.Reduction);
        Plain(PtxInstructionClass.Shared, "cp", CopyDecoder.Decode);

        Plain(PtxInstructionClass.Control, "bra", ControlDecoder.Branch);
        Plain(PtxInstructionClass.Control, "brx", ControlDecoder.IndexedBranch);
        Plain(PtxInstructionClass.Control, "call", ControlDecoder.Call);
        Plain(PtxInstructionClass.Control, "ret", ControlDecoder.Return);
        Plain(PtxInstructionClass.Control, "exit", ControlDecoder.Exit);
        Plain(PtxInstructionClass.Control, "trap", ControlDecoder.Trap);
        Plain(PtxInstructionClass.Control, "nanosleep", BarrierDecoder.Sleep);

        Row(PtxInstructionClass.Barrier, (d, _) => BarrierDecoder.Barrier(d), "bar", "barrier");
        Row(PtxInstructionClass.Barrier, (d, _) => BarrierDecoder.Fence(d), "membar", "fence");
        Plain(PtxInstructionClass.Barrier, "mbarrier", BarrierObjectDecoder.Decode);

        Plain(PtxInstructionClass.Warp, "shfl", WarpDecoder.Shuffle);
        Plain(PtxInstructionClass.Warp, "vote", WarpDecoder.Vote);
        Plain(PtxInstructionClass.Warp, "match", WarpDecoder.Match);
        Plain(PtxInstructionClass.Warp, "redux", WarpDecoder.Reduce);
        Plain(PtxInstructionClass.Warp, "activemask", WarpDecoder.ActiveMask);

        Plain(PtxInstructionClass.Matrix, "mma", MatrixDecoder.Multiply);
        Plain(PtxInstructionClass.Matrix, "ldmatrix", MatrixDecoder.Load);
        Plain(PtxInstructionClass.Matrix, "wgmma", WarpgroupDecoder.Decode);
        return rows;
    }

    private static Instruction Arithmetic(Decoder decoder, string opcode)
    {
        var type = decoder.PeekType();
        return HalfDecoder.IsHalf(type) && opcode is not ("div" or "rem") ? HalfDecoder.Binary(decoder, opcode)
            : !type.IsFloat || opcode == "rem" ? IntegerDecoder.Decode(decoder, opcode)
            : opcode switch
            {
                "div" => FloatDecoder.Divide(decoder),
                "min" or "max" => FloatDecoder.Extreme(decoder, opcode),
                _ => FloatDecoder.Binary(decoder, opcode),
            };
    }

    private static Instruction MultiplyAdd(Decoder decoder, string opcode)
    {
        var type = decoder.PeekType();
        return HalfDecoder.IsHalf(type) && opcode == "fma" ? HalfDecoder.MultiplyAdd(decoder)
            : type.IsFloat ? FloatDecoder.MultiplyAdd(decoder)
            : opcode == "fma" ? throw decoder.Fail($"is not known for .{type.Name}")
            : IntegerDecoder.MultiplyAdd(decoder);
    }

    private static Instruction Sign(Decoder decoder, string opcode)
    {
        var type = decoder.PeekType();
        return HalfDecoder.IsHalf(type) ? HalfDecoder.Sign(decoder, opcode)
            : type.IsFloat ? FloatDecoder.Sign(decoder, opcode)
            : IntegerDecoder.Unary(decoder, opcode);
    }
}
