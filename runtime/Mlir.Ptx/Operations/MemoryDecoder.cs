using Mlir.Ptx.Decoding;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Decodes loads, stores and conversions of addresses.</summary>
internal static class MemoryDecoder
{
    // ld.global.nc.v4.b32 {a,b,c,d}, [p+16];   ld.param.b64 a, [name];   ld.volatile.shared.b32 a, [p]
    public static Instruction Load(Decoder decoder)
    {
        var kind = AccessKind.Read | Strength(decoder);
        var space = Space(decoder);
        _ = decoder.Has("nc") | decoder.Has("unified");
        TakeHints(decoder);
        var count = Count(decoder);
        var type = decoder.Type();
        decoder.RequireOperands(2);
        var results = Values(decoder, 0, count, operand => decoder.WideDestination(operand, RegisterType(type)));
        if (TryFrameParameter(decoder, 1, type.Bytes * count, space, out var offset, out var isKernel))
        {
            return isKernel
                ? new LoadParameter(offset, type.Bytes, type.IsSigned, results)
                : new FrameParameter<Reading>(offset, type.Bytes, type.IsSigned, results);
        }

        return new Transfer<Reading>(Address(decoder, 1, space), type.Bytes, type.IsSigned, results, kind);
    }

    // st.global.v2.b32 [p], {a,b};   st.param.b32 [param0], a
    public static Instruction Store(Decoder decoder)
    {
        var kind = AccessKind.Write | Strength(decoder);
        var space = Space(decoder);
        TakeHints(decoder);
        var count = Count(decoder);
        var type = decoder.Type();
        decoder.RequireOperands(2);
        var values = Values(decoder, 1, count, operand => decoder.WideSource(operand, RegisterType(type)));
        if (TryFrameParameter(decoder, 0, type.Bytes * count, space, out var offset, out var isKernel))
        {
            return isKernel
                ? throw decoder.Fail("writes a kernel's parameter, which cannot be written")
                : new FrameParameter<Writing>(offset, type.Bytes, isSigned: false, values);
        }

        return new Transfer<Writing>(Address(decoder, 0, space), type.Bytes, isSigned: false, values, kind);
    }

    // cvta.to.global.u64 a, b;   cvta.shared.u64 a, b;   cvta.local.u64 a, b
    public static Instruction ConvertAddress(Decoder decoder)
    {
        var isTo = decoder.Has("to");
        var window = Window(Space(decoder));
        var type = decoder.Type(PtxType.U64, PtxType.U32);
        decoder.RequireOperands(2);
        var (result, source) = (decoder.Destination(0, type), decoder.Source(1, type));
        if (type.Bytes == 4)
        {
            throw decoder.Fail("has addresses of 32 bits, and those of this machine have 64");
        }

        return isTo
            ? new Map<ulong, ulong>(result, source, address => address - window)
            : new Map<ulong, ulong>(result, source, address => address + window);
    }

    // isspacep.shared p, a
    public static unsafe Instruction IsSpace(Decoder decoder)
    {
        var space = Space(decoder);
        decoder.RequireOperands(2);
        var address = decoder.Source(1, PtxType.U64);
        return new Test<ulong>(
            decoder.Destination(0, PtxType.Pred),
            null,
            address,
            address,
            (x, _) => Execution.Warp.SpaceOf(x) == (space == StateSpace.Constant ? StateSpace.Global : space),
            null
        );
    }

    public static Instruction Prefetch(Decoder decoder)
    {
        _ = Space(decoder);
        TakeHints(decoder);
        _ = decoder.OneOf("L1", "L2");
        decoder.RequireOperands(1);
        _ = Address(decoder, 0, StateSpace.Generic);
        return new Nothing();
    }

    /// <summary>The address that an operand names.</summary>
    public static AddressPlace Address(Decoder decoder, int index, StateSpace space)
    {
        if (decoder.Operand(index) is not AddressSyntax address)
        {
            throw Decoder.Fail(decoder.Operand(index).Position, "expected an address, as in '[%rd1+16]'");
        }

        if (address.Base is NameSyntax name)
        {
            space = space == StateSpace.Generic ? decoder.Variable(name).Space : space;
        }

        var type =
            address.Base is RegisterSyntax { Register.Type: var own } && own.Bytes == 4 ? PtxType.B32 : PtxType.B64;
        return type == PtxType.B32 && space is StateSpace.Generic or StateSpace.Global
            ? throw Decoder.Fail(address.Position, "expected an address of 64 bits")
            : new(space, decoder.Source(address.Base, type), type.Bytes, address.Offset);
    }

    /// <summary>The state space among the modifiers; generic where there is none.</summary>
    public static StateSpace Space(Decoder decoder) =>
        decoder.OneOf(
            "global",
            "shared",
            "shared::cta",
            "local",
            "const",
            "param",
            "param::entry",
            "param::func"
        ) switch
        {
            "global" => StateSpace.Global,
            "shared" or "shared::cta" => StateSpace.Shared,
            "local" => StateSpace.Local,
            "const" => StateSpace.Constant,
            null => StateSpace.Generic,
            _ => StateSpace.Parameter,
        };

    /// <summary>How an access is ordered with others.</summary>
    public static AccessKind Strength(Decoder decoder)
    {
        var order = decoder.OneOf("volatile", "relaxed", "acquire", "release", "acq_rel", "weak", "mmio");
        _ = order is not (null or "weak" or "volatile") && decoder.OneOf("cta", "gpu", "sys", "cluster") is not null;
        return order switch
        {
            null or "weak" => 0,
            "release" or "acq_rel" => AccessKind.Strong | AccessKind.Release,
            _ => AccessKind.Strong,
        };
    }

    /// <summary>Takes what is about caches only.</summary>
    public static void TakeHints(Decoder decoder)
    {
        _ = decoder.OneOf("ca", "cg", "cs", "lu", "cv", "wb", "wt");
        while (
            decoder.OneOf(
                "L1::evict_normal",
                "L1::evict_unchanged",
                "L1::evict_first",
                "L1::evict_last",
                "L1::no_allocate",
                "L2::evict_normal",
                "L2::evict_first",
                "L2::evict_last",
                "L2::64B",
                "L2::128B",
                "L2::256B"
            )
                is not null
        ) { }
    }

    private static ulong Window(StateSpace space) =>
        space switch
        {
            StateSpace.Shared => AddressSpaces.Shared,
            StateSpace.Local => AddressSpaces.Local,
            StateSpace.Parameter => AddressSpaces.Parameters,
            _ => 0,
        };

    private static int Count(Decoder decoder) => decoder.OneOf("v2", "v4", "v8") is { } vector ? vector[1] - '0' : 1;

    // Registers have 16 bits at least; a byte lies in one of those.
    private static PtxType RegisterType(PtxType type) => type.Bytes == 1 ? PtxType.B16 : type;

    private static (int Slot, int Bytes)[] Values(
        Decoder decoder,
        int index,
        int count,
        Func<OperandSyntax, (int Slot, int Bytes)> place
    )
    {
        var items = decoder.Items(index);
        return items.Count == count
            ? [.. items.Select(place)]
            : throw Decoder.Fail(decoder.Operand(index).Position, $"expected {count} values, found {items.Count}");
    }

    private static bool TryFrameParameter(
        Decoder decoder,
        int index,
        int bytes,
        StateSpace space,
        out int offset,
        out bool isKernel
    )
    {
        (offset, isKernel) = (0, false);
        if (
            space != StateSpace.Parameter
            || decoder.Operand(index) is not AddressSyntax { Base: NameSyntax { Variable: { } variable } } address
        )
        {
            return false;
        }

        if (address.Offset < 0 || address.Offset + bytes > variable.Bytes)
        {
            throw Decoder.Fail(
                address.Position,
                $"{bytes} bytes at {address.Offset} are outside of '{variable.Name}', which has {variable.Bytes} bytes"
            );
        }

        isKernel = !decoder.Code.ParameterOffsets.TryGetValue(variable, out offset);
        offset = (int)address.Offset + (isKernel ? PtxKernel.OffsetOf(decoder.Code.Syntax, variable) : offset);
        return true;
    }
}
