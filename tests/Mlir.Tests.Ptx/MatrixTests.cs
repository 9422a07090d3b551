using System.Text;

namespace Mlir.Tests.Ptx;

/// <summary>Products of matrices that lie in a warp's registers, against their definition with the layouts of the PTX manual.</summary>
public sealed class MatrixTests
{
    private sealed record Shape(string Size, int Rows, int Depth, string Type, string Result, int PerRegister);

    private static readonly Shape[] Shapes =
    [
        new("m16n8k16", 16, 16, "bf16", "f32", 2),
        new("m16n8k16", 16, 16, "f16", "f32", 2),
        new("m16n8k8", 16, 8, "bf16", "f32", 2),
        new("m16n8k8", 16, 8, "tf32", "f32", 1),
        new("m16n8k4", 16, 4, "tf32", "f32", 1),
        new("m8n8k4", 8, 4, "f64", "f64", 1),
        new("m16n8k32", 16, 32, "s8", "s32", 4),
    ];

    /// <summary>
    /// Small integers, whose products and sums every type holds exactly, laid out lane by lane here and read back the same way.
    /// </summary>
    [TestCaseSource(nameof(Shapes))]
    public void A_warp_multiplies_matrices(object given)
    {
        var shape = (Shape)given;
        var random = new Random(23);
        var a = Matrix(shape.Rows, shape.Depth, random);
        var b = Matrix(shape.Depth, 8, random);
        var c = Matrix(shape.Rows, 8, random);
        var bytes = shape.Type == "f64" ? 8 : 4;
        var (aRegisters, bRegisters) = (
            shape.Rows * shape.Depth / 32 / shape.PerRegister,
            8 * shape.Depth / 32 / shape.PerRegister
        );
        var cRegisters = shape.Rows * 8 / 32;

        using var machine = new PtxMachine();
        ulong Fragments(int registers, Func<int, int, ulong> value)
        {
            var data = new byte[registers * 32 * bytes];
            for (var register = 0; register < registers; register++)
            {
                for (var lane = 0; lane < 32; lane++)
                {
                    BitConverter
                        .GetBytes(value(lane, register))
                        .AsSpan(0, bytes)
                        .CopyTo(data.AsSpan(((register * 32) + lane) * bytes));
                }
            }

            return machine.Upload<byte>(data);
        }

        ulong Packed(Func<int, double> element)
        {
            ulong bits = 0;
            for (var i = 0; i < shape.PerRegister; i++)
            {
                bits |= Encode(element(i), shape.Type) << (i * 8 * bytes / shape.PerRegister);
            }

            return bits;
        }

        // Within a group of four lanes the columns follow each other; rows go by groups; further registers lie below, then to the right.
        var (below, step) = (shape.Rows == 16 ? 2 : 1, 4 * shape.PerRegister);
        var pa = Fragments(
            aRegisters,
            (lane, r) =>
                Packed(i => a[(lane / 4) + (r % below * 8), (lane % 4 * shape.PerRegister) + i + (r / below * step)])
        );
        var pb = Fragments(
            bRegisters,
            (lane, r) => Packed(i => b[(lane % 4 * shape.PerRegister) + i + (r * step), lane / 4])
        );
        var pc = Fragments(
            cRegisters,
            (lane, r) => Encode(c[(lane / 4) + (r / 2 * 8), (lane % 4 * 2) + (r % 2)], shape.Result)
        );
        var kernel = PtxModule.Parse(Kernel(shape, aRegisters, bRegisters, cRegisters, bytes)).Kernels["k"];

        _ = machine.Launch(kernel, 1, 32, 0, pa, pb, pc);

        var actual = machine.Download<byte>(pc, cRegisters * 32 * bytes);
        for (var register = 0; register < cRegisters; register++)
        {
            for (var lane = 0; lane < 32; lane++)
            {
                var (row, column) = ((lane / 4) + (register / 2 * 8), (lane % 4 * 2) + (register % 2));
                var sum = c[row, column] + Enumerable.Range(0, shape.Depth).Sum(k => a[row, k] * b[k, column]);
                var at = actual.AsSpan(((register * 32) + lane) * bytes);
                var value = shape.Result switch
                {
                    "f64" => BitConverter.ToDouble(at),
                    "f32" => BitConverter.ToSingle(at),
                    _ => BitConverter.ToInt32(at),
                };
                Assert.That(value, Is.EqualTo(sum), $"row {row}, column {column}");
            }
        }
    }

    private static double[,] Matrix(int rows, int columns, Random random)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                matrix[i, j] = random.Next(-8, 9);
            }
        }

        return matrix;
    }

    private static ulong Encode(double value, string type) =>
        type switch
        {
            "f16" => BitConverter.HalfToUInt16Bits((Half)value),
            "bf16" => BitConverter.SingleToUInt32Bits((float)value) >> 16,
            "f32" or "tf32" => BitConverter.SingleToUInt32Bits((float)value),
            "s8" => (byte)(sbyte)value,
            "s32" => (uint)(int)value,
            _ => BitConverter.DoubleToUInt64Bits(value),
        };

    private static string Kernel(Shape shape, int a, int b, int c, int bytes)
    {
        var (bits, letter) = (bytes * 8, bytes == 8 ? "rd" : "r");
        var text = new StringBuilder(Written.Header);
        _ = text.AppendLine(
            ".visible .entry k(.param .u64 pa, .param .u64 pb, .param .u64 pc)\n{\n.reg .b32 %r<40>;\n.reg .b64 %rd<60>;\nmov.u32 %r39, %laneid;"
        );
        var lists = new List<string>();
        var first = 0;
        foreach (var (name, count) in new[] { ("pa", a), ("pb", b), ("pc", c) })
        {
            _ = text.AppendLine($"ld.param.u64 %rd50, [{name}];\nmad.wide.u32 %rd50, %r39, {bytes}, %rd50;");
            for (var i = 0; i < count; i++)
            {
                _ = text.AppendLine($"ld.global.b{bits} %{letter}{first + i}, [%rd50+{i * 32 * bytes}];");
            }

            lists.Add($"{{{string.Join(", ", Enumerable.Range(first, count).Select(i => $"%{letter}{i}"))}}}");
            first += count;
        }

        _ = text.AppendLine(
            $"mma.sync.aligned.{shape.Size}.row.col.{shape.Result}.{shape.Type}.{shape.Type}.{shape.Result} {lists[2]}, {lists[0]}, {lists[1]}, {lists[2]};"
        );
        for (var i = 0; i < c; i++)
        {
            _ = text.AppendLine($"st.global.b{bits} [%rd50+{i * 32 * bytes}], %{letter}{a + b + i};");
        }

        return text.AppendLine("ret;\n}").ToString();
    }

    [Test]
    public void Fragments_are_loaded_straight_and_transposed([Values] bool isTransposed)
    {
        // Element (row, column) of matrix m is 100 m + 8 row + column; each lane gives the address of a row.
        var results = Written.Run(
            $$"""
            .shared .align 16 .b8 s[512];
            mov.u32 %r2, s;
            mov.u32 %r3, 0;
            FILL:
            mad.lo.s32 %r4, %r1, 8, %r3;
            shr.u32 %r5, %r1, 3;
            and.b32 %r6, %r1, 7;
            mul.lo.s32 %r5, %r5, 100;
            mad.lo.s32 %r5, %r6, 8, %r5;
            add.s32 %r5, %r5, %r3;
            mad.lo.s32 %r4, %r4, 2, %r2;
            st.shared.b16 [%r4], %r5;
            add.s32 %r3, %r3, 1;
            setp.lt.u32 %p1, %r3, 8;
            @%p1 bra FILL;
            bar.sync 0;
            mad.lo.s32 %r7, %r1, 16, %r2;
            ldmatrix.sync.aligned.m8n8.x4{{(isTransposed ? ".trans" : "")}}.shared.b16 {%r10,%r11,%r12,%r13}, [%r7];
            mad.wide.u32 %rd3, %r1, 16, %rd1;
            st.global.v4.b32 [%rd3], {%r10,%r11,%r12,%r13};
            """,
            count: 128
        );
        for (var lane = 0; lane < 32; lane++)
        {
            for (var m = 0; m < 4; m++)
            {
                int Element(int i) =>
                    isTransposed
                        ? (100 * m) + (8 * ((lane % 4 * 2) + i)) + (lane / 4)
                        : (100 * m) + (8 * (lane / 4)) + (lane % 4 * 2) + i;
                Assert.That(results[(lane * 4) + m], Is.EqualTo((uint)(Element(0) | (Element(1) << 16))));
            }
        }
    }

    private const string Copies = """
        .shared .align 16 .b8 s[1024];
        mov.u32 %r2, s;
        mad.lo.s32 %r3, %r1, 16, %r2;
        mad.wide.u32 %rd3, %r1, 16, %rd1;
        cp.async.cg.shared.global [%r3], [%rd3], 16;
        cp.async.commit_group;
        cp.async.ca.shared.global.L2::128B [%r3+512], [%rd3], 16, 4;
        cp.async.commit_group;
        WAIT
        bar.sync 0;
        ld.shared.b32 %r4, [%r3+4];
        ld.shared.b32 %r5, [%r3+LAST];
        add.s32 %r4, %r4, %r5;
        st.global.b32 [%rd3], %r4;
        """;

    [TestCase("cp.async.wait_group 0;", "516", ExpectedResult = 1u)]
    [TestCase("cp.async.wait_all;", "512", ExpectedResult = 1u)]
    [TestCase("cp.async.wait_group 1;", "8", ExpectedResult = 3u)]
    public uint Copies_arrive_when_they_are_waited_for(string wait, string last)
    {
        using var machine = new PtxMachine();
        var data = new uint[128];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (uint)(i % 4);
        }

        var address = machine.Upload<uint>(data);
        var body = Copies.Replace("WAIT", wait).Replace("LAST", last);
        _ = machine.Launch(Written.Kernel(body).Kernels["k"], 1, 32, 0, address);
        return machine.Download<uint>(address, 128)[124];
    }

    /// <summary>Of a copy that is given fewer bytes, the others are not read: here they lie behind the array.</summary>
    [TestCase(4, "16, 4", ExpectedResult = 1)]
    [TestCase(6, "16, 6", ExpectedResult = 1)]
    [TestCase(8, "16, 4", ExpectedResult = 1)]
    [TestCase(4, "16, 0", ExpectedResult = 0)]
    public int A_copy_reads_what_it_is_given_only(int bytes, string given)
    {
        using var machine = new PtxMachine();
        var address = machine.Allocate(bytes);
        machine.Write(address, [1]);
        var kernel = Written
            .Kernel(
                $$"""
                .shared .align 16 .b8 s[16];
                cp.async.cg.shared.global [s], [%rd1], {{given}};
                cp.async.wait_all;
                ld.shared.v4.b32 {%r4,%r5,%r6,%r7}, [s];
                add.s32 %r4, %r4, %r5;
                add.s32 %r4, %r4, %r7;
                st.global.b32 [%rd1], %r4;
                """
            )
            .Kernels["k"];
        _ = machine.Launch(kernel, 1, 1, 0, address);
        return (int)machine.Download<uint>(address, 1)[0];
    }

    [TestCase(0, "16, 8", ExpectedResult = PtxFault.OutOfBounds)]
    [TestCase(0, "16", ExpectedResult = PtxFault.OutOfBounds)]
    [TestCase(4, "16, 0", ExpectedResult = PtxFault.Misaligned)]
    public PtxFault A_copy_is_looked_at_as_far_as_it_reads(int offset, string given) =>
        Written
            .Fault(
                $".shared .align 16 .b8 s[16];\ncp.async.cg.shared.global [s], [%rd1+{offset}], {given};",
                threads: 1
            )
            .Fault;

    [Test]
    public void A_copy_that_nobody_waited_for_has_not_arrived()
    {
        using var machine = new PtxMachine();
        var address = machine.Allocate(512);
        var kernel = Written.Kernel(Copies.Replace("WAIT", "cp.async.wait_group 2;").Replace("LAST", "8")).Kernels["k"];
        var fault = Assert.Throws<PtxFaultException>(() => machine.Launch(kernel, 1, 32, 0, address))!;
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.UninitializedShared));
    }

    [Test]
    public void A_matrix_product_takes_a_whole_warp()
    {
        var fault = Written.Fault(
            "mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64 {%fd1,%fd2}, {%fd3}, {%fd4}, {%fd1,%fd2};",
            threads: 16
        );
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.InvalidOperand));
    }
}
