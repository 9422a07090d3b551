using System.Buffers.Binary;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Memory;

/// <summary>Puts a module's variables into memory, and their addresses into its code.</summary>
internal static unsafe class ModuleLoader
{
    /// <summary>Allocates the variables and gives them their first values.</summary>
    public static Dictionary<Variable, Allocation> Load(PtxModule module, DeviceMemory memory)
    {
        var placed = new Dictionary<Variable, Allocation>();
        try
        {
            foreach (var variable in module.Decoder.Variables)
            {
                if (variable.Space is StateSpace.Global or StateSpace.Constant)
                {
                    placed[variable] = memory.Allocate(
                        Math.Max(variable.Bytes, 1),
                        $"'{variable.Name}'",
                        variable.Space == StateSpace.Constant
                    );
                }
            }

            foreach (var (variable, allocation) in placed)
            {
                Initialize(module, variable, new(allocation.Data, variable.Bytes), placed);
            }
        }
        catch
        {
            foreach (var allocation in placed.Values)
            {
                memory.Free(allocation.Address);
            }

            throw;
        }

        return placed;
    }

    private static void Initialize(
        PtxModule module,
        Variable variable,
        Span<byte> bytes,
        Dictionary<Variable, Allocation> placed
    )
    {
        variable.Initial.CopyTo(bytes);
        foreach (var (offset, target) in variable.Addresses)
        {
            if (
                (target.Variable ?? module.Decoder.Variable(target.Name)) is not { } named
                || !placed.TryGetValue(named, out var allocation)
            )
            {
                throw Decoder.Fail(target.Position, $"'{target.Name}' is no variable in global or constant memory");
            }

            BinaryPrimitives.WriteUInt64LittleEndian(bytes[offset..], allocation.Address + (ulong)target.Offset);
        }
    }

    /// <summary>The functions that a kernel runs, with the addresses that hold for it.</summary>
    public static Dictionary<FunctionCode, LoadedFunction> Bind(
        PtxKernel kernel,
        Dictionary<Variable, Allocation> placed
    )
    {
        var bound = new Dictionary<FunctionCode, LoadedFunction>();
        foreach (var code in ModuleDecoder.Reachable(kernel.Code))
        {
            bound[code] = Bind(kernel, code, placed);
        }

        return bound;
    }

    private static LoadedFunction Bind(PtxKernel kernel, FunctionCode code, Dictionary<Variable, Allocation> placed)
    {
        if (code.Relocations.Count == 0)
        {
            return new(code, code.Template, []);
        }

        var end = code.Relocations.Max(relocation => relocation.Slot + (relocation.Bytes * 32));
        var template = new byte[Math.Max(end, code.Template.Length)];
        code.Template.CopyTo(template, 0);
        var locals = new List<(int Slot, int Bytes, long Offset)>();
        foreach (var relocation in code.Relocations)
        {
            var variable = relocation.Variable;
            if (code.LocalOffsets.TryGetValue(variable, out var local))
            {
                locals.Add((relocation.Slot, relocation.Bytes, local + relocation.Offset));
                continue;
            }

            var address = variable.Space switch
            {
                StateSpace.Shared => (ulong)kernel.SharedOffsets[variable],
                StateSpace.Parameter => (ulong)PtxKernel.OffsetOf(kernel.Code.Syntax, variable),
                _ => placed[variable].Address,
            };
            Decoder.Broadcast(template.AsSpan(relocation.Slot), relocation.Bytes, address + (ulong)relocation.Offset);
        }

        return new(code, template, [.. locals]);
    }
}
