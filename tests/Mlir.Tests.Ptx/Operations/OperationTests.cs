using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Mlir.Backends.Llvm;

namespace Mlir.Tests.Ptx.Operations;

/// <summary>Each operation, compiled to PTX and run by the machine, gives the bits that the host's own code gives.</summary>
[NonParallelizable]
public sealed class OperationTests
{
    private const int Count = 96;

    private static readonly IReadOnlyList<Operation> All = [.. OperationList.All];
    private static readonly Lazy<PtxModule> Kernels = new(() =>
        PtxModule.Parse(Compiled.Ptx(Text(isKernel: true), "default<O1>"))
    );
    private static readonly Lazy<NativeCode> Native = new(() =>
        LlvmCompiler.Load(new() { Passes = "default<O1>" }, context => LlvmModule.Parse(context, Text(isKernel: false)))
    );

    private static IEnumerable<TestCaseData> Cases =>
        All.Select((operation, index) => new TestCaseData(operation, index).SetArgDisplayNames(operation.ToString()));

    [TestCaseSource(nameof(Cases))]
    public unsafe void Gives_the_bits_of_the_host(Operation operation, int index)
    {
        var (x, y) = (Values(operation, index, isSecond: false), Values(operation, index, isSecond: true));
        var expected = new byte[x.Length];
        var function = (delegate* unmanaged<byte*, byte*, byte*, void>)Native.Value.Find($"k{index}");
        Assert.That((nint)function, Is.Not.Zero);
        fixed (
            byte* px = x,
                py = y,
                po = expected
        )
        {
            for (var i = 0; i < Count; i++)
            {
                function(px + (i * operation.Bytes), py + (i * operation.Bytes), po + (i * operation.Bytes));
            }
        }

        using var machine = new PtxMachine(new() { Threads = 1 });
        var (ax, ay, ao) = (machine.Upload<byte>(x), machine.Upload<byte>(y), machine.Allocate(x.Length));
        _ = machine.Launch(Kernels.Value.Kernels[$"k{index}"], 1, Count, 0, ax, ay, ao);

        var actual = machine.Download<byte>(ao, x.Length);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                var (want, got) = (Bits(operation, expected, i), Bits(operation, actual, i));
                if (want != got && !(IsNaN(operation, want) && IsNaN(operation, got)))
                {
                    Assert.Fail(
                        $"x = 0x{Bits(operation, x, i):x}, y = 0x{Bits(operation, y, i):x}: 0x{got:x} instead of 0x{want:x}"
                    );
                }
            }
        });
    }

    /// <summary>All operations in one module: a function of pointers for the host, a kernel of arrays for the machine.</summary>
    private static string Text(bool isKernel)
    {
        var text = new StringBuilder("declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()\n");
        var declared = new HashSet<string>();
        for (var i = 0; i < All.Count; i++)
        {
            var operation = All[i];
            if (operation.Declarations.Length > 0 && declared.Add(operation.Declarations))
            {
                _ = text.AppendLine(operation.Declarations);
            }

            var type = operation.Type;
            _ = isKernel
                ? text.AppendLine(
                    $$"""
                    define ptx_kernel void @k{{i}}(ptr addrspace(1) noalias %array.x, ptr addrspace(1) noalias %array.y, ptr addrspace(1) noalias %array.o) {
                    entry:
                    %thread.id = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
                    %thread.at = zext i32 %thread.id to i64
                    %px = getelementptr {{type}}, ptr addrspace(1) %array.x, i64 %thread.at
                    %py = getelementptr {{type}}, ptr addrspace(1) %array.y, i64 %thread.at
                    %po = getelementptr {{type}}, ptr addrspace(1) %array.o, i64 %thread.at
                    %x = load {{type}}, ptr addrspace(1) %px
                    %y = load {{type}}, ptr addrspace(1) %py
                    {{operation.Body}}
                    store {{type}} %r, ptr addrspace(1) %po
                    ret void
                    }
                    """
                )
                : text.AppendLine(
                    $$"""
                    define void @k{{i}}(ptr %px, ptr %py, ptr %po) {
                    entry:
                    %x = load {{type}}, ptr %px
                    %y = load {{type}}, ptr %py
                    {{operation.Body}}
                    store {{type}} %r, ptr %po
                    ret void
                    }
                    """
                );
        }

        return (isKernel ? text : text.Replace("declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()\n", ""))
            .Replace("@GLOBAL@", isKernel ? "1" : "0")
            .Replace("@CONSTANT@", isKernel ? "4" : "0")
            .ToString();
    }

    /// <summary>Special values first, then random ones; equal zeros of different sign never meet, where LLVM leaves the choice.</summary>
    private static byte[] Values(Operation operation, int seed, bool isSecond)
    {
        var random = new Random((seed * 2) + (isSecond ? 1 : 0));
        var bytes = new byte[Count * operation.Bytes];
        random.NextBytes(bytes);
        double[] special = isSecond
            ? [2, 3, -1, 1.5, 2, 5, double.NaN, double.PositiveInfinity, -0.25, 1e-3, 7, 1, 100, -3, 0.5, 1e30]
            :
            [
                0,
                -0.0,
                1,
                -1,
                double.PositiveInfinity,
                double.NaN,
                1,
                2,
                0.5,
                1e-40,
                -2.5,
                double.NegativeInfinity,
                1e20,
                2.5,
                3.5,
                1e-3,
            ];
        for (var i = 0; i < Count; i++)
        {
            var value = i < special.Length ? special[i] : (random.NextDouble() * 16) - 8;
            var at = bytes.AsSpan(i * operation.Bytes, operation.Bytes);
            switch (operation.Type)
            {
                case "float":
                    BinaryPrimitives.WriteSingleLittleEndian(at, (float)value);
                    break;
                case "double":
                    BinaryPrimitives.WriteDoubleLittleEndian(at, value);
                    break;
                case "half":
                    BinaryPrimitives.WriteHalfLittleEndian(at, (Half)value);
                    break;
                case "bfloat":
                    BinaryPrimitives.WriteUInt16LittleEndian(
                        at,
                        (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)
                    );
                    break;
                default:
                    if (i < 16)
                    {
                        at.Clear();
                        at[0] = (byte)i;
                        at[^1] |= (byte)(i % 3 == 2 ? 0x80 : 0);
                    }

                    break;
            }
        }

        return bytes;
    }

    private static ulong Bits(Operation operation, byte[] values, int index)
    {
        Span<byte> all = stackalloc byte[8];
        all.Clear();
        values.AsSpan(index * operation.Bytes, operation.Bytes).CopyTo(all);
        return MemoryMarshal.Read<ulong>(all);
    }

    private static bool IsNaN(Operation operation, ulong bits) =>
        operation.Type switch
        {
            "float" => float.IsNaN(BitConverter.UInt32BitsToSingle((uint)bits)),
            "double" => double.IsNaN(BitConverter.UInt64BitsToDouble(bits)),
            "half" => Half.IsNaN(BitConverter.UInt16BitsToHalf((ushort)bits)),
            "bfloat" => (bits & 0x7FFF) > 0x7F80,
            _ => false,
        };
}
