using System.Buffers.Binary;

namespace Mlir.Backends.Llvm.Gpu;

/// <summary>Zeros as ordinary constants: older readers of SPIR-V stumble over null constants that are numbers.</summary>
internal static class SpirvConstants
{
    private const int HeaderWords = 5;
    private const uint TypeInt = 21;
    private const uint TypeFloat = 22;
    private const uint Constant = 43;
    private const uint ConstantNull = 46;

    // OpConstantNull %int %x → OpConstant %int %x 0
    public static byte[] SpellOutZeros(ReadOnlySpan<byte> module)
    {
        var words = new uint[module.Length / sizeof(uint)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(module[(i * sizeof(uint))..]);
        }

        var widths = new Dictionary<uint, uint>();
        var result = new List<uint>(words.Length + 16);
        result.AddRange(words.AsSpan(0, HeaderWords));
        for (var at = HeaderWords; at < words.Length; )
        {
            var (length, opcode) = ((int)(words[at] >> 16), words[at] & 0xFFFF);
            var instruction = words.AsSpan(at, length);
            if (opcode is TypeInt or TypeFloat)
            {
                widths[instruction[1]] = instruction[2];
            }

            if (opcode == ConstantNull && widths.TryGetValue(instruction[1], out var width))
            {
                var zeros = width > 32 ? 2u : 1u;
                result.AddRange([((3 + zeros) << 16) | Constant, instruction[1], instruction[2]]);
                result.AddRange(new uint[zeros]);
            }
            else
            {
                result.AddRange(instruction);
            }

            at += length;
        }

        var bytes = new byte[result.Count * sizeof(uint)];
        for (var i = 0; i < result.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), result[i]);
        }

        return bytes;
    }
}
