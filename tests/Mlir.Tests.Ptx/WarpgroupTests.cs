using System.Globalization;
using System.Text;

namespace Mlir.Tests.Ptx;

/// <summary>Products of matrices by four warps: factors in shared memory, laid out as the PTX manual's tables say, and what must not be done meanwhile.</summary>
public sealed class WarpgroupTests
{
    private const int Threads = 128;
    private const int Rows = 64;

    /// <summary>A product, and how its factors lie.</summary>
    /// <param name="Type">The elements of the factors.</param>
    /// <param name="Columns">The columns of the right factor.</param>
    /// <param name="Swizzle">The bytes of a line of the pattern; 16 for none.</param>
    /// <param name="TransA">Whether rows of the left factor lie side by side.</param>
    /// <param name="TransB">Whether columns of the right factor do.</param>
    public sealed record Case(string Type, int Columns, int Swizzle, bool TransA = false, bool TransB = false)
    {
        /// <summary>What the factors are multiplied by.</summary>
        public (int A, int B) Signs { get; init; } = (1, 1);

        /// <summary>Whether the product is added to what the registers hold.</summary>
        public bool IsAdded { get; init; } = true;

        /// <summary>Whether the left factor lies in registers.</summary>
        public bool IsFragment { get; init; }

        public int ElementBytes => Type == "tf32" ? 4 : 2;

        public int Depth => 32 / ElementBytes;

        public override string ToString() =>
            $"{Type} {Columns} {Swizzle}{(TransA ? " ta" : "")}{(TransB ? " tb" : "")} {Signs.A} {Signs.B} {(IsAdded ? "+" : "=")}{(IsFragment ? " f" : "")}";
    }

    private static IEnumerable<Case> Cases()
    {
        foreach (var swizzle in (int[])[16, 32, 64, 128])
        {
            yield return new("tf32", 16, swizzle);
            for (var i = 0; i < 4; i++)
            {
                yield return new(swizzle == 32 ? "f16" : "bf16", 64, swizzle, i % 2 == 1, i / 2 == 1);
            }
        }

        yield return new("f16", 8, 128);
        yield return new("bf16", 256, 128, TransB: true);
        yield return new("bf16", 24, 128) { Signs = (-1, 1) };
        yield return new("tf32", 8, 32) { Signs = (1, -1) };
        yield return new("f16", 16, 128) { IsAdded = false };
        yield return new("f16", 32, 128) { IsFragment = true };
        yield return new("tf32", 32, 128) { IsFragment = true, Signs = (-1, 1) };
    }

    /// <summary>Where the two byte offsets of a descriptor lead, and the bytes of a factor.</summary>
    private static (int Leading, int Stride, int Bytes) Offsets(int lines, Case product, bool isTransposed)
    {
        var (depth, swizzle) = (product.Depth, product.Swizzle);
        return isTransposed
            ? swizzle == 16
                ? (lines / 8 * 128, 128, lines * depth * product.ElementBytes)
                : (depth / 8 * 8 * swizzle, 8 * swizzle, (((lines * 2) + swizzle - 1) / swizzle) * depth * swizzle)
            : swizzle == 16
                ? (lines / 8 * 128, 128, lines * 32)
                : (16, 8 * swizzle, lines * swizzle);
    }

    // The manual's canonical layouts, in elements: ((T,8,m),(8,k)):((1,T,LBO),(8T,SBO)) and so on, with 8 T for 128 bytes, 4 T for 64, 2 T for 32.
    private static int Offset(int line, int k, Case product, bool isTransposed, int leading, int stride)
    {
        var t = 16 / product.ElementBytes;
        var s = product.Swizzle / 16;
        var (lbo, sbo) = (leading / product.ElementBytes, stride / product.ElementBytes);
        var element = (isTransposed, s) switch
        {
            (true, 1) => (line % t) + (line / t * sbo) + (k % 8 * t) + (k / 8 * lbo),
            (true, _) => (line % (t * s)) + (line / (t * s) * lbo) + (k % 8 * s * t) + (k / 8 * sbo),
            (false, 1) => (line % 8 * t) + (line / 8 * sbo) + (k % t) + (k / t * lbo),
            _ => (line % 8 * s * t) + (line / 8 * sbo) + k,
        };
        var at = element * product.ElementBytes;

        // Swizzle<b,4,3>: b bits from the fourth on are added to those three above.
        return at ^ ((at >> 3) & ((s - 1) << 4));
    }

    [TestCaseSource(nameof(Cases))]
    public void Four_warps_multiply_matrices(Case product)
    {
        var random = new Random(5);
        double[,] Matrix(int lines, int depth)
        {
            var matrix = new double[lines, depth];
            foreach (var i in Enumerable.Range(0, lines * depth))
            {
                matrix[i / depth, i % depth] = random.Next(-8, 9);
            }

            return matrix;
        }

        var (a, b) = (Matrix(Rows, product.Depth), Matrix(product.Columns, product.Depth));
        var initial = Matrix(Rows, product.Columns);
        using var machine = new PtxMachine();
        var (actual, statistics) = Run(machine, Text(product), product, a, b, initial);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < product.Columns; column++)
            {
                var sum = Enumerable.Range(0, product.Depth).Sum(k => a[row, k] * b[column, k]);
                var expected = (product.Signs.A * product.Signs.B * sum) + (product.IsAdded ? initial[row, column] : 0);
                Assert.That(actual[row, column], Is.EqualTo(expected), $"row {row}, column {column}");
            }
        }

        Assert.That(statistics.BankConflicts, Is.Zero, "every layout of the manual is free of conflicts");
    }

    private static (double[,] Sums, PtxStatistics Statistics) Run(
        PtxMachine machine,
        string text,
        Case product,
        double[,] a,
        double[,] b,
        double[,] initial
    )
    {
        var (la, sa, bytesA) = Offsets(Rows, product, product.TransA);
        var (lb, sb, bytesB) = Offsets(product.Columns, product, product.TransB);
        var image = new byte[Start(bytesA) + Start(bytesB)];
        Put(a, Rows, 0, product.TransA, la, sa);
        Put(b, product.Columns, Start(bytesA), product.TransB, lb, sb);
        void Put(double[,] matrix, int lines, int start, bool isTransposed, int leading, int stride)
        {
            foreach (var i in Enumerable.Range(0, lines * product.Depth))
            {
                var (line, k) = (i / product.Depth, i % product.Depth);
                Bits(matrix[line, k], product.Type)
                    .CopyTo(image, start + Offset(line, k, product, isTransposed, leading, stride));
            }
        }

        // What lies where in registers: sixteen rows a warp, two neighbours a lane, eight rows below, eight columns to the right.
        static (int Row, int Column) Place(int thread, int register)
        {
            var (warp, lane) = (thread / 32, thread % 32);
            return (
                (16 * warp) + (lane / 4) + (register / 2 % 2 * 8),
                (register / 4 * 8) + (lane % 4 * 2) + (register % 2)
            );
        }

        var registers = product.Columns / 2;
        var sums = new float[registers * Threads];
        for (var i = 0; i < sums.Length; i++)
        {
            var (row, column) = Place(i % Threads, i / Threads);
            sums[i] = (float)initial[row, column];
        }

        var fragments = new byte[4 * Threads * 4];
        for (var i = 0; product.IsFragment && i < 4 * Threads; i++)
        {
            var (thread, register, per) = (i % Threads, i / Threads, 4 / product.ElementBytes);
            for (var e = 0; e < per; e++)
            {
                var row = (16 * (thread / 32)) + (thread % 32 / 4) + (register % 2 * 8);
                var k = (thread % 4 * per) + e + (register / 2 * 4 * per);
                Bits(a[row, k], product.Type).CopyTo(fragments, (i * 4) + (e * product.ElementBytes));
            }
        }

        var pointer = machine.Upload<float>(sums);
        var statistics = machine.Launch(
            PtxModule.Parse(text).Kernels["k"],
            1,
            Threads,
            0,
            machine.Upload<byte>(image),
            machine.Upload<byte>(fragments),
            pointer
        );
        var results = machine.Download<float>(pointer, sums.Length);
        var matrix = new double[Rows, product.Columns];
        for (var i = 0; i < results.Length; i++)
        {
            var (row, column) = Place(i % Threads, i / Threads);
            matrix[row, column] = results[i];
        }

        return (matrix, statistics);
    }

    private static int Start(int bytes) => (bytes + 1023) / 1024 * 1024;

    private static byte[] Bits(double value, string type) =>
        type switch
        {
            "f16" => BitConverter.GetBytes((Half)value),
            "bf16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)),
            _ => BitConverter.GetBytes((float)value),
        };

    /// <summary>Copies an image to shared memory, multiplies, and brings the sums back. Each line may be replaced.</summary>
    private static string Text(Case product)
    {
        var (la, sa, bytesA) = Offsets(Rows, product, product.TransA);
        var (lb, sb, bytesB) = Offsets(product.Columns, product, product.TransB);
        var bytes = Start(bytesA) + Start(bytesB);
        var registers = product.Columns / 2;
        ulong Descriptor(int start, int leading, int stride) =>
            ((ulong)(uint)start >> 4)
            | ((ulong)(uint)leading >> 4 << 16)
            | ((ulong)(uint)stride >> 4 << 32)
            | (
                product.Swizzle switch
                {
                    16 => 0UL,
                    32 => 3UL << 62,
                    64 => 2UL << 62,
                    _ => 1UL << 62,
                }
            );
        string Number(bool value) => value ? "1" : "0";
        var list = string.Join(",", Enumerable.Range(0, registers).Select(i => $"%f{i}"));
        var swaps =
            product.Type == "tf32" ? ""
            : product.IsFragment ? $", {Number(product.TransB)}"
            : $", {Number(product.TransA)}, {Number(product.TransB)}";
        var left = product.IsFragment ? "{%r20,%r21,%r22,%r23}" : "%rd10";
        var text = new StringBuilder(Written.HopperHeader);
        _ = text.AppendLine(
            CultureInfo.InvariantCulture,
            $$"""
            .visible .entry k(.param .u64 image, .param .u64 fragments, .param .u64 sums)
            {
            .reg .pred %p<4>; .reg .b32 %r<32>; .reg .f32 %f<130>; .reg .b64 %rd<20>;
            .shared .align 1024 .b8 s[{{bytes}}];
            ld.param.u64 %rd1, [image];
            ld.param.u64 %rd2, [fragments];
            ld.param.u64 %rd3, [sums];
            mov.u32 %r1, %tid.x;
            mov.u32 %r2, s;
            mov.u32 %r3, %r1;
            COPY:
            mul.wide.u32 %rd4, %r3, 4;
            add.s64 %rd4, %rd1, %rd4;
            ld.global.b32 %r4, [%rd4];
            mad.lo.s32 %r5, %r3, 4, %r2;
            st.shared.b32 [%r5], %r4;
            add.s32 %r3, %r3, {{Threads}};
            setp.lt.u32 %p1, %r3, {{bytes / 4}};
            @%p1 bra COPY;
            fence.proxy.async;
            bar.sync 0;
            cvt.u64.u32 %rd5, %r2;
            shr.u64 %rd5, %rd5, 4;
            add.s64 %rd10, %rd5, 0x{{Descriptor(0, la, sa):X}};
            add.s64 %rd11, %rd5, 0x{{Descriptor(Start(bytesA), lb, sb):X}};
            mad.wide.u32 %rd6, %r1, 4, %rd3;
            mad.wide.u32 %rd7, %r1, 4, %rd2;
            ld.global.b32 %r20, [%rd7];
            ld.global.b32 %r21, [%rd7+512];
            ld.global.b32 %r22, [%rd7+1024];
            ld.global.b32 %r23, [%rd7+1536];
            """
        );
        for (var i = 0; i < registers; i++)
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"ld.global.f32 %f{i}, [%rd6+{i * Threads * 4}];");
        }

        _ = text.AppendLine(
            CultureInfo.InvariantCulture,
            $$"""
            setp.eq.u32 %p2, %r2, {{(product.IsAdded ? 0 : 1)}};
            wgmma.fence.sync.aligned;
            wgmma.mma_async.sync.aligned.m64n{{product.Columns}}k{{product.Depth}}.f32.{{product.Type}}.{{product.Type}} {{{list}}}, {{left}}, %rd11, %p2, {{product.Signs.A}}, {{product.Signs.B}}{{swaps}};
            wgmma.commit_group.sync.aligned;
            wgmma.wait_group.sync.aligned 0;
            """
        );
        for (var i = 0; i < registers; i++)
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"st.global.f32 [%rd6+{i * Threads * 4}], %f{i};");
        }

        return text.AppendLine("END:\nret;\n}").ToString();
    }

    private static readonly Case Small = new("bf16", 8, 128);

    private static (PtxFaultException Fault, int Line) Fault(string old, string @new, string at)
    {
        var text = Text(Small);
        Assert.That(text, Does.Contain(old));
        text = text.Replace(old, @new, StringComparison.Ordinal);
        using var machine = new PtxMachine(new() { Threads = 1 });
        var zeros = (double[,])Array.CreateInstance(typeof(double), Rows, 16);
        var fault = Assert.Throws<PtxFaultException>(() => Run(machine, text, Small, zeros, zeros, zeros))!;
        var before = text[..text.IndexOf(at, StringComparison.Ordinal)];
        return (fault, before.Count(c => c == '\n') + 1);
    }

    private const string Multiply = "wgmma.mma_async";
    private const string Commit = "wgmma.commit_group.sync.aligned;";
    private const string Wait = "wgmma.wait_group.sync.aligned 0;";
    private const string Store = "st.global.f32 [%rd6+0], %f0;";
    private const string RegisterFence = "wgmma.fence.sync.aligned;";

    [TestCase(RegisterFence, "", Multiply, "no wgmma.fence before it")]
    [TestCase(RegisterFence, RegisterFence + "\nmov.f32 %f3, %f2;", Multiply, "%f2 was used at line")]
    [TestCase(Wait, "", Store, "%f0 belongs to the matrix product of line")]
    [TestCase(Wait, "wgmma.wait_group.sync.aligned 1;", Store, "%f0 belongs to the matrix product of line")]
    [TestCase(Wait, "mov.f32 %f1, 0f00000000;\n" + Wait, "mov.f32", "%f1 belongs to the matrix product of line")]
    [TestCase(
        Commit,
        "",
        Store,
        "%f0 belongs to the matrix product of line",
        Description = "an open group is not waited for"
    )]
    [TestCase("fence.proxy.async;", "", Multiply, "no fence.proxy.async in between")]
    [TestCase("fence.proxy.async;", "fence.proxy.async.global;", Multiply, "no fence.proxy.async in between")]
    [TestCase(
        Wait,
        "setp.eq.u32 %p3, %r1, 0;\n@%p3 st.shared.b32 [s], 7;\n" + Wait,
        "wgmma.wait",
        "changed while the product was under way"
    )]
    public void What_registers_and_shared_memory_need(string old, string @new, string at, string message)
    {
        var (fault, line) = Fault(old, @new, at);
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.AsyncProduct), fault.Message);
            Assert.That(fault.Message, Does.Contain(message));
            Assert.That(fault.Line, Is.EqualTo(line), fault.Message);
        });
    }

    [TestCase("bar.sync 0;", "", PtxFault.SharedRace, PtxFault.UninitializedShared, Description = "others' writes")]
    [TestCase(
        Wait,
        "setp.eq.u32 %p3, %r1, 127;\n@%p3 st.shared.b32 [s], %r1;\n" + Wait,
        PtxFault.SharedRace,
        PtxFault.AsyncProduct
    )]
    [TestCase("0x4000004000010000", "0x4000004000010FF0", PtxFault.OutOfBounds, PtxFault.OutOfBounds)]
    [TestCase("0x4000004000010000", "0x5000004000010000", PtxFault.InvalidOperand, PtxFault.InvalidOperand)]
    [TestCase(
        "add.s64 %rd11, %rd5,",
        "cvt.u64.u32 %rd5, %r1;\nadd.s64 %rd11, %rd5,",
        PtxFault.InvalidOperand,
        PtxFault.InvalidOperand
    )]
    [TestCase(
        "add.s64 %rd11, %rd5,",
        "shr.u32 %r9, %r1, 5;\ncvt.u64.u32 %rd5, %r9;\nadd.s64 %rd11, %rd5,",
        PtxFault.BarrierDivergence,
        PtxFault.BarrierDivergence
    )]
    [TestCase(
        RegisterFence,
        "setp.gt.u32 %p3, %r1, 95;\n@%p3 bra END;\n" + RegisterFence,
        PtxFault.BarrierDivergence,
        PtxFault.BarrierDivergence
    )]
    [TestCase(
        RegisterFence,
        "setp.gt.u32 %p3, %r1, 120;\n@%p3 bra END;\n" + RegisterFence,
        PtxFault.Deadlock,
        PtxFault.InvalidOperand
    )]
    [TestCase(
        "bar.sync 0;",
        "bar.sync 0;\n.shared .align 1024 .b8 t[12288];\nmov.u32 %r2, t;",
        PtxFault.UninitializedShared,
        PtxFault.UninitializedShared
    )]
    public void Everything_else_is_found(string old, string @new, PtxFault either, PtxFault or)
    {
        var (fault, _) = Fault(old, @new, Multiply);
        Assert.That(fault.Fault, Is.EqualTo(either).Or.EqualTo(or), fault.Message);
    }

    [Test]
    public void Products_on_the_same_registers_follow_each_other()
    {
        var text = Text(Small);
        var line = text.Split('\n').Single(l => l.StartsWith(Multiply, StringComparison.Ordinal));
        text = text.Replace(line, $"{line}\n{Commit}\n{line}", StringComparison.Ordinal);
        var ones = (double[,])Array.CreateInstance(typeof(double), Rows, 16);
        foreach (var i in Enumerable.Range(0, Rows * 16))
        {
            ones[i / 16, i % 16] = 1;
        }

        using var machine = new PtxMachine();
        var (sums, _) = Run(machine, text, Small, ones, ones, ones);
        Assert.That(sums, Is.All.EqualTo(33), "one, and twice the sum of sixteen products");
    }

    [TestCase("m64n12k16.f32.f16.f16", "%f0", "1, 1, 0, 0", "needs a size")]
    [TestCase("m64n8k16.f32.tf32.tf32", "%f0,%f1,%f2,%f3", "1, 1", "no matrix product")]
    [TestCase("m64n8k8.f32.tf32.tf32", "%f0,%f1,%f2,%f3", "1, 1, 0, 0", "takes 6 operands")]
    [TestCase("m64n8k16.f32.f16.f16", "%f0,%f1,%f2", "1, 1, 0, 0", "expected 4 registers")]
    [TestCase("m64n8k16.f32.f16.f16", "%f0,%f1,%f2,%f2", "1, 1, 0, 0", "each register once")]
    [TestCase("m64n8k16.f32.f16.f16", "%f0,%f1,%f2,%f3", "2, 1, 0, 0", "from -1 to 1")]
    [TestCase("m64n8k16.f32.f16.f16", "%f0,%f1,%f2,%f3", "1, 0, 0, 0", "scaled by 1 or -1")]
    public void What_is_no_product_is_refused(string size, string registers, string scales, string message)
    {
        var body = $"wgmma.mma_async.sync.aligned.{size} {{{registers}}}, %rd1, %rd2, %p1, {scales};";
        var error = Assert.Throws<PtxParseException>(() => Written.HopperKernel(body))!;
        Assert.That(error.Message, Does.Contain(message));
    }

    [Test]
    public void Products_of_four_warps_are_Hoppers()
    {
        var error = Assert.Throws<PtxParseException>(() => Written.Kernel("wgmma.fence.sync.aligned;"))!;
        Assert.That(error.Message, Does.Contain("needs .target sm_90a, and the module has sm_80"));
    }
}
