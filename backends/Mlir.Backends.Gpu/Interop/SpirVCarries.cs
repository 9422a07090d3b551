namespace Mlir.Backends.Gpu.Interop;

/// <summary>
/// Sums and differences that also say whether they went over, as LLVM 22 makes of the ends of some loops, in instructions that every reader of SPIR-V
/// knows.
/// </summary>
internal static class SpirVCarries
{
    private const int HeaderWords = 5;
    private const int BoundWord = 3;

    private const uint TypeBool = 20,
        TypeInt = 21,
        TypeStruct = 30,
        Constant = 43,
        Function = 54,
        CompositeExtract = 81,
        CopyObject = 83,
        Add = 128,
        Subtract = 130,
        AddCarry = 149,
        SubtractBorrow = 150,
        Select = 169,
        LessUnsigned = 176;

    // %p = add-carry %a, %b; %x = extract %p, 0; %y = extract %p, 1 → %x = add %a, %b; %less = %x < %a; %y = select %less, 1, 0
    // Old readers abort on a structure that is put together, so that what takes it apart changes, too.
    /// <summary>The module without such instructions; itself where it has none.</summary>
    /// <param name="words">A whole module.</param>
    public static uint[] Expand(uint[] words)
    {
        var (structs, widths, used) = (
            new Dictionary<uint, uint>(),
            new Dictionary<uint, uint>(),
            new SortedSet<uint>()
        );
        uint? truth = null;
        foreach (var (at, opcode) in Instructions(words))
        {
            switch (opcode)
            {
                case TypeBool:
                    truth = words[at + 1];
                    break;
                case TypeInt:
                    widths[words[at + 1]] = words[at + 2];
                    break;
                case TypeStruct when words[at] >> 16 > 2:
                    structs[words[at + 1]] = words[at + 2];
                    break;
                case AddCarry or SubtractBorrow:
                    used.Add(structs[words[at + 1]]);
                    break;
            }
        }

        if (used.Count == 0)
        {
            return words;
        }

        var next = words[BoundWord];
        var written = new List<uint>(words[..HeaderWords]);
        var pairs = new Dictionary<uint, (uint Sum, uint Carry)>();
        var isDeclared = false;
        var bits = used.ToDictionary(type => type, _ => (Zero: next++, One: next++));
        foreach (var (at, opcode) in Instructions(words))
        {
            var instruction = words.AsSpan(at, (int)(words[at] >> 16));
            if (opcode == Function && !isDeclared)
            {
                isDeclared = true;
                if (truth is null)
                {
                    truth = next++;
                    Write(TypeBool, truth.Value);
                }

                foreach (var (type, (zero, one)) in bits)
                {
                    uint[] high = widths[type] > 32 ? [0] : [];
                    Write(Constant, [type, zero, 0, .. high]);
                    Write(Constant, [type, one, 1, .. high]);
                }
            }

            if (opcode is AddCarry or SubtractBorrow)
            {
                var (pair, result, a, b) = (instruction[1], instruction[2], instruction[3], instruction[4]);
                var type = structs[pair];
                var (sum, less, carry) = (next++, next++, next++);
                Write(opcode == AddCarry ? Add : Subtract, type, sum, a, b);
                Write(LessUnsigned, truth!.Value, less, opcode == AddCarry ? sum : a, opcode == AddCarry ? a : b);
                Write(Select, type, carry, less, bits[type].One, bits[type].Zero);
                pairs[result] = (sum, carry);
            }
            else if (opcode == CompositeExtract && pairs.TryGetValue(instruction[3], out var parts))
            {
                Write(CopyObject, instruction[1], instruction[2], instruction[4] == 0 ? parts.Sum : parts.Carry);
            }
            else
            {
                written.AddRange(instruction);
            }
        }

        written[BoundWord] = next;
        return [.. written];

        void Write(uint opcode, params ReadOnlySpan<uint> operands)
        {
            written.Add((uint)(operands.Length + 1) << 16 | opcode);
            written.AddRange(operands);
        }
    }

    private static IEnumerable<(int At, uint Opcode)> Instructions(uint[] words)
    {
        for (var at = HeaderWords; at < words.Length; at += (int)(words[at] >> 16))
        {
            yield return (at, words[at] & 0xFFFF);
        }
    }
}
